# Which compiled files are as good as new.

"Whether no compiled file of a package can be used as it is."
function is_stale(id::Base.PkgId)
    source = Base.locate_package(id)
    (source === nothing || forbids_precompilation(source)) && return false
    return fresh_compiled_file(id, source) === nothing
end

"The compiled file that Julia would use for a package, or `nothing`."
function fresh_compiled_file(id::Base.PkgId, source::String)
    for file in Base.find_all_in_cache_path(id)
        Base.stale_cachefile(source, file) === true || return file
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

# The test Pkg itself uses (Julia 1.5, API.precompile).
forbids_precompilation(source::String) = occursin(r"\b__precompile__\(\s*false\s*\)", read(source, String))
