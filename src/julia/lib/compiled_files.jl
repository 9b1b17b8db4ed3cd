# Which compiled files belong together. A compiled file names the exact ones of everything that it uses by their build ids, so
# only those that Julia takes in one process, and what these were compiled with, are of use.

"Compiled files by package: more than one where they are of several sets."
const CompiledFiles = Dict{Base.PkgId,Vector{String}}

"""
The compiled files of everything that this process has loaded, and of the units that it has not: what is known to load is not
loaded again, and a package that no direct dependency loads may still be loaded by a program.
"""
function files_by_package(units::Vector{Unit}, memory::StaleMemory = StaleMemory())
    files = CompiledFiles()
    builds = Set{Tuple{Base.PkgId,UInt128}}()
    for (id, loaded) in Base.loaded_modules
        id.uuid === nothing && continue
        file = loaded_file(id, loaded)
        file === nothing || (files[id] = [file])
    end
    for unit in units
        haskey(Base.loaded_modules, unit.id) && continue
        file = fresh_compiled_file(unit.id, memory)
        file === nothing || collect_with_dependencies(files, builds, memory, unit.id, Base.locate_package(unit.id), file)
    end
    return files
end

"Whether one set of files is not all that there is: which of them belong together, loading decides."
is_ambiguous(files::CompiledFiles) = any(paths -> length(paths) > 1, values(files))

# What is not loaded goes with what is loaded if it went with the same files before.
"Whether these files, of which some have been loaded since, still belong together. Of Julia 1.5 that is not known."
still_together(files::CompiledFiles) = !IS_1_5 && !is_ambiguous(files) && is_loaded_from(files)

function is_loaded_from(files::CompiledFiles)
    for (id, loaded) in Base.loaded_modules
        file = id.uuid === nothing ? nothing : loaded_file(id, loaded)
        file === nothing || get(files, id, nothing) == [file] || return false
    end
    return true
end

function with_owners(files::CompiledFiles, units::Vector{Unit})
    owners = Dict{Base.PkgId,Base.UUID}(unit.id => unit.owner for unit in units)
    return CompiledFile[CompiledFile(get(owners, id, id.uuid), path) for (id, paths) in files for path in paths]
end

function loaded_file(id::Base.PkgId, loaded::Module)
    IS_1_5 && return loaded_file_1_5(id, loaded)
    origin = get(Base.pkgorigins, id, nothing)
    return origin === nothing ? nothing : origin.cachepath
end

# `stale_cachefile` gives, for a file that is not stale, the modules that have to be loaded first: a module that is there already,
# or its source, identity and build id.
function collect_with_dependencies(files::CompiledFiles, builds::Set{Tuple{Base.PkgId,UInt128}}, memory::StaleMemory, id::Base.PkgId, source::String, file::String)
    known = get!(files, id, String[])
    file in known && return
    push!(known, file)
    IS_1_5 && return
    answer = Base.stale_cachefile(source, file)
    answer isa Tuple || return
    for dependency in answer[1]
        dependency isa Tuple || continue
        path, required, build_id = dependency
        (required, build_id) in builds && continue
        push!(builds, (required, build_id))
        for candidate in Base.find_all_in_cache_path(required)
            key = (required, build_id, path, candidate)
            get!(() -> Base.stale_cachefile(key...) === true, memory.useless, key) && continue
            collect_with_dependencies(files, builds, memory, required, path, candidate)
            break
        end
    end
end
