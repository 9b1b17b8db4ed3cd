# Loads a project (ARGS[1] is the code for it) and fails if Julia compiles a package for that. A compiled file ends with its checksum,
# which covers the identity that it got when it was made: one that was made again has another. Julia's own messages about loading are
# not asked for: what logs while it is loaded, as HTTP does, has its code for logging compiled then, which takes half a minute.

function checksums()
    roots = filter(isdir, joinpath.(DEPOT_PATH, "compiled"))
    files = [joinpath(folder, name) for root in roots for (folder, _, names) in walkdir(root) for name in names]
    return Dict(file => open(io -> read(seek(io, max(0, filesize(file) - 8))), file) for file in files)
end

before = checksums()
include_string(Main, ARGS[1])
after = checksums()
made = [file for (file, checksum) in after if get(before, file, nothing) != checksum]
isempty(made) || error("compiled while loading: ", join(sort!(made), ", "))
