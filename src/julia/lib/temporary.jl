"A folder for temporary files on the file system of the cache, so that what is ready can be renamed into place."
function prepare_temporary(depot::String)
    folder = joinpath(depot, ".frontend", "temporary")
    rm(folder; force = true, recursive = true)
    mkpath(folder)
    ENV["TMPDIR"] = folder
end
