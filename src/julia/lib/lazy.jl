# Lazy artifacts are fetched when a package asks for them, which may be while it is compiled or loaded. Whether it does is found
# out with the artifact out of reach, and noted beside the compiled file: so what another project fetched stays out of the image,
# and the same package with other preferences is asked anew.

"A package's lazy artifact."
struct LazyArtifact
    package::Base.PkgId
    tree_hash::String
end

write_lazy(file::String, artifacts::Vector{LazyArtifact}) =
    write_whole(file, join(string(each.package.name, '=', each.package.uuid, '\t', each.tree_hash, '\n') for each in artifacts))

function read_lazy(file::String)
    filesize(file) == 0 && return LazyArtifact[]
    rows = [split(line, '\t') for line in eachline(file)]
    return LazyArtifact[LazyArtifact(package_id(String(row[1])), String(row[2])) for row in rows]
end

lazy_notes(depot::String) = joinpath(depot, ".frontend", "lazy")

"The note that loading a package from this compiled file fetches an artifact."
lazy_note(depot::String, compiled::String, tree_hash::String) =
    joinpath(lazy_notes(depot), string(basename(dirname(compiled)), '+', basename(compiled), '+', tree_hash))

is_visible(depot::String, tree_hash::String) = isdir(joinpath(depot, "artifacts", tree_hash))

hidden_folder(depot::String, tree_hash::String) = joinpath(depot, ".frontend", "hidden", tree_hash)

"Put hidden artifacts back; those that were fetched again in the meantime are there already."
function restore_hidden(depot::String)
    hidden = joinpath(depot, ".frontend", "hidden")
    for name in (isdir(hidden) ? readdir(hidden) : String[])
        target = joinpath(depot, "artifacts", name)
        isdir(target) ? rm(joinpath(hidden, name); recursive = true) : mv(joinpath(hidden, name), target)
    end
end
