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
    builds = Lookup()
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

"The files, each with the package that it belongs to."
function with_owners(files::CompiledFiles, units::Vector{Unit})
    owners = Lookup()
    for unit in units
        owners[unit.id] = unit.owner
    end
    return CompiledFile[CompiledFile(get(owners, id, id.uuid), path) for id in keys(files) for path in files[id]]
end

function loaded_file(id::Base.PkgId, loaded::Module)
    IS_1_5 && return loaded_file_1_5(id, loaded)
    origin = get(Base.pkgorigins, id, nothing)
    return origin === nothing ? nothing : origin.cachepath
end

function collect_with_dependencies(files::CompiledFiles, builds::Lookup, memory::StaleMemory, id::Base.PkgId, source::String, file::String)
    known = get!(files, id, String[])
    file in known && return
    push!(known, file)
    IS_1_5 && return
    needs = needed_builds(id, source, file, memory)
    for need in (needs === nothing ? () : needs)
        path, required, build_id = need
        get(builds, (required, build_id), false) && continue
        builds[(required, build_id)] = true
        below = provider(need, memory)
        below === nothing || collect_with_dependencies(files, builds, memory, required, path, below)
    end
end
