# Lazy artifacts are fetched when a package asks for them, which may be while it is compiled or loaded. Whether it does is found
# out when it is compiled with the artifact out of reach, and noted: so what another project fetched stays out of the image.

"A package's lazy artifact of which it is not known whether the package fetches it."
struct LazyArtifact
    package::Base.PkgId
    tree_hash::String
end

write_lazy(file::String, artifacts::Vector{LazyArtifact}) = open(file, "w") do io
    foreach(artifact -> println(io, artifact.package.name, '=', artifact.package.uuid, '\t', artifact.tree_hash), artifacts)
end

function read_lazy(file::String)
    rows = [split(line, '\t') for line in eachline(file)]
    return LazyArtifact[LazyArtifact(package_id(row[1]), String(row[2])) for row in rows]
end

hidden_folder(depot::String, tree_hash::String) = joinpath(depot, ".frontend", "hidden", tree_hash)

"Put lazy artifacts out of reach of packages that are about to be compiled."
function hide_lazy_artifacts(depot::String, artifacts::Vector{LazyArtifact})
    for artifact in artifacts
        folder = joinpath(depot, "artifacts", artifact.tree_hash)
        # Without a note but compiled: a path noted in the compiled file may point to it.
        if isdir(folder) && is_stale(artifact.package)
            mkpath(dirname(hidden_folder(depot, artifact.tree_hash)))
            mv(folder, hidden_folder(depot, artifact.tree_hash); force = true)
        end
    end
end

"Put hidden artifacts back; those that were fetched again in the meantime are there already."
function restore_hidden(depot::String)
    hidden = joinpath(depot, ".frontend", "hidden")
    for name in (isdir(hidden) ? readdir(hidden) : String[])
        target = joinpath(depot, "artifacts", name)
        isdir(target) ? rm(joinpath(hidden, name); recursive = true) : mv(joinpath(hidden, name), target)
    end
end
