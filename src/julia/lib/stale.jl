# Which compiled files are as good as new.

"Source, identity and build id of a package that a compiled file needs."
const NeededBuild = Tuple{String,Base.PkgId,UInt128}

# Each question about a compiled file has Julia read it and its native code from end to end: 0.1 s for 110 MB, and without a memory
# a question about one package is a question about each that it uses.
"""
What is known of compiled files, and stays true as long as none is removed and nothing is loaded. What is compiled meanwhile is to be
forgotten (`forget_compiled!`). That a file is of no use is never kept: what it needs may be there the next time.
"""
struct StaleMemory
    "The file that Julia would take, by package."
    fresh::Lookup
    "The file that has a build of a package, by `(package, build id)`."
    providers::Lookup
    "What a file needs when it is loaded, by `(package, file)`."
    needs::Lookup
end

StaleMemory() = StaleMemory(Lookup(), Lookup(), Lookup())

forget_all!(memory::StaleMemory) = foreach(empty!, (memory.fresh, memory.providers, memory.needs))

"Forget what compiling these packages may have made untrue: it writes files, also over others."
function forget_compiled!(memory::StaleMemory, ids::Set{Base.PkgId})
    filter!(entry -> !(entry.first in ids), memory.fresh)
    filter!(entry -> !(entry.first[1] in ids), memory.providers)
    filter!(entry -> !(entry.first[1] in ids), memory.needs)
end

"Whether a package is to be compiled, and no compiled file of it can be used as it is."
is_stale(id::Base.PkgId, memory::StaleMemory = StaleMemory()) = is_compilable(id) && fresh_compiled_file(id, memory) === nothing

"The compiled file that Julia would use for a package, or `nothing`: there is none, or the package has no sources here."
function fresh_compiled_file(id::Base.PkgId, memory::StaleMemory = StaleMemory())
    file = get(memory.fresh, id, nothing)
    file === nothing || return file
    file = find_fresh_file(id, memory)
    file === nothing || (memory.fresh[id] = file)
    return file
end

# Julia 1.13 gives the file itself (JuliaLang/julia f362f47338). `isprecompiled` of those before says only whether there is one, and
# asks about each file twice: for itself, and for what needs it. So this asks the question below it.
function find_fresh_file(id::Base.PkgId, memory::StaleMemory)
    source = Base.locate_package(id)
    source === nothing && return nothing
    isdefined(Base, :compilecache_freshest_path) && return Base.compilecache_freshest_path(id)
    for file in Base.find_all_in_cache_path(id)
        (IS_1_5 ? is_fresh_1_5(source, file) : is_fresh(id, source, file, memory)) && return file
    end
    return nothing
end

"Whether a file is not stale, and the files are there that were compiled into it."
function is_fresh(id::Base.PkgId, source::String, file::String, memory::StaleMemory)
    needs = needed_builds(id, source, file, memory)
    needs === nothing && return false
    for need in needs
        provider(need, memory) === nothing && return false
    end
    return true
end

# `stale_cachefile` gives, for a file that is not stale, the modules that have to be loaded first: a module that is there already,
# or its source, identity and build id. Since Julia 1.11 it gives the build id of the file too.
"What a file needs when it is loaded, or `nothing` if it is stale."
function needed_builds(id::Base.PkgId, source::String, file::String, memory::StaleMemory)
    known = get(memory.needs, (id, file), nothing)
    known === nothing || return known
    answer = Base.stale_cachefile(source, file)
    answer isa Tuple || return nothing
    length(answer) > 2 && (memory.providers[(id, answer[3])] = file)
    needs = Any[]
    for each in answer[1]
        each isa Tuple && push!(needs, each)
    end
    memory.needs[(id, file)] = needs
    return needs
end

"The file that has a build of a package, or `nothing` if there is none."
function provider((source, id, build_id)::NeededBuild, memory::StaleMemory)
    known = get(memory.providers, (id, build_id), nothing)
    known === nothing || return known
    for file in Base.find_all_in_cache_path(id)
        Base.stale_cachefile(id, build_id, source, file) === true && continue
        memory.providers[(id, build_id)] = file
        return file
    end
    return nothing
end

# Julia takes a file whose end is missing for one to be read, and ends with an EOFError wherever it meets it.
"Remove compiled files of these packages that cannot even be checked."
function remove_broken_files(depot::String, ids::Vector{Base.PkgId})
    for id in ids
        source = Base.locate_package(id)
        source === nothing && continue
        for file in Base.find_all_in_cache_path(id)
            startswith(file, depot) && !can_be_checked(source, file) || continue
            say("The cache held a damaged $(relpath(file, depot)): it is compiled again.")
            rm(file)
        end
    end
end

# What a file was compiled with lies at its start, and to read that is enough: the rest is only compared with its checksum. A file of
# another Julia is an error there, and none for the question that reads everything.
can_be_checked(source::String, file::String) =
    is_answered(() -> Base.cache_dependencies(file)) || is_answered(() -> Base.stale_cachefile(source, file))

function is_answered(question::Function)
    try
        question()
        return true
    catch error
        error isa InterruptException && rethrow()
        return false
    end
end
