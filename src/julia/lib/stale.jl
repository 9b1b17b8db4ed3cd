# Which compiled files are as good as new.

"What the system image holds needs no compiled file. Nothing else is loaded when a program begins."
const SYSTEM_IMAGE = Set{Base.PkgId}(keys(Base.loaded_modules))

# Which compiled files provide which build of a package, as Base keeps it (`StaleCacheKey` in base/loading.jl).
const ProvidedBuilds = Dict{Tuple{Base.PkgId,UInt128,String,String},Bool}

# Each question about a compiled file has Julia read it and its native code from end to end: 0.1 s for 110 MB, and without a memory
# a question about one package is a question about each that it uses.
"""
What is known of compiled files, and stays true as long as none is removed and nothing is loaded. What is compiled meanwhile is to be
forgotten (`forget_compiled!`).
"""
struct StaleMemory
    "The files that Julia would take."
    fresh::Dict{Base.PkgId,String}
    "Whether a file is of no use for what needs a build of its package."
    useless::ProvidedBuilds
end

StaleMemory() = StaleMemory(Dict{Base.PkgId,String}(), ProvidedBuilds())

function forget_all!(memory::StaleMemory)
    empty!(memory.fresh)
    empty!(memory.useless)
end

"Forget what compiling these packages may have made untrue: it writes files, also over others, and a new file may be of use."
function forget_compiled!(memory::StaleMemory, ids::Set{Base.PkgId})
    filter!(entry -> !(entry.first in ids), memory.fresh)
    filter!(entry -> !entry.second && !(entry.first[1] in ids), memory.useless)
end

"Whether a package is to be compiled, and no compiled file of it can be used as it is."
is_stale(id::Base.PkgId, memory::StaleMemory = StaleMemory()) = is_compilable(id) && fresh_compiled_file(id, memory) === nothing

"Whether a package can have a compiled file: it has sources, and they do not forbid it."
function is_compilable(id::Base.PkgId)
    source = Base.locate_package(id)
    return source !== nothing && !(id in SYSTEM_IMAGE) && !forbids_precompilation(source)
end

"The compiled file that Julia would use for a package, or `nothing`: there is none, or the package has no sources here."
function fresh_compiled_file(id::Base.PkgId, memory::StaleMemory = StaleMemory())
    haskey(memory.fresh, id) && return memory.fresh[id]
    file = find_fresh_file(id, memory.useless)
    file === nothing || (memory.fresh[id] = file)
    return file
end

# `isprecompiled` also asks whether the files are there that were compiled into this one. Julia 1.13 gives the file itself, under a
# new name (JuliaLang/julia f362f47338).
function find_fresh_file(id::Base.PkgId, useless::ProvidedBuilds)
    source = Base.locate_package(id)
    source === nothing && return nothing
    isdefined(Base, :compilecache_freshest_path) && return Base.compilecache_freshest_path(id)
    IS_1_5 && return first_file(file -> is_fresh_1_5(source, file), id)
    return first_file(file -> Base.isprecompiled(id; cachepaths = [file], sourcepath = source, stale_cache = useless), id)
end

function first_file(is_fresh::Function, id::Base.PkgId)
    for file in Base.find_all_in_cache_path(id)
        is_fresh(file) && return file
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

# The test Pkg itself uses (Julia 1.5, API.precompile). Few have the word, and a regular expression takes 20 ms the first time.
function forbids_precompilation(source::String)
    text = read(source, String)
    return occursin("__precompile__", text) && occursin(r"\b__precompile__\(\s*false\s*\)", text)
end
