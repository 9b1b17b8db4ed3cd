# Which compiled files are as good as new.

"What the system image holds needs no compiled file. Nothing else is loaded when a program begins."
const SYSTEM_IMAGE = Set{Base.PkgId}(keys(Base.loaded_modules))

# The type of Base's own keyword: which compiled files provide which build of a package (`StaleCacheKey` in base/loading.jl).
"""
Answers that Base can give again as long as nothing is compiled or loaded in between. Without them a question about one package is a
question about each that it uses.
"""
const StaleMemory = IS_1_5 ? Dict{Nothing,Bool} : Dict{Tuple{Base.PkgId,UInt128,String,String},Bool}

"Whether a package is to be compiled, and no compiled file of it can be used as it is."
is_stale(id::Base.PkgId, memory = StaleMemory()) = is_compilable(id) && fresh_compiled_file(id, memory) === nothing

"Whether a package can have a compiled file: it has sources, and they do not forbid it."
function is_compilable(id::Base.PkgId)
    source = Base.locate_package(id)
    return source !== nothing && !(id in SYSTEM_IMAGE) && !forbids_precompilation(source)
end

# `isprecompiled` also asks whether the files are there that were compiled into this one. Julia 1.13 gives the file itself, under a
# new name (JuliaLang/julia f362f47338).
"The compiled file that Julia would use for a package, or `nothing`: there is none, or the package has no sources here."
function fresh_compiled_file(id::Base.PkgId, memory = StaleMemory())
    source = Base.locate_package(id)
    source === nothing && return nothing
    isdefined(Base, :compilecache_freshest_path) && return Base.compilecache_freshest_path(id)
    IS_1_5 && return first_file(file -> is_fresh_1_5(source, file), id)
    return first_file(file -> Base.isprecompiled(id; cachepaths = [file], sourcepath = source, stale_cache = memory), id)
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

function can_be_checked(source::String, file::String)
    try
        Base.stale_cachefile(source, file)
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
