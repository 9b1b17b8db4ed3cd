# Lazy artifacts out of reach, in the process that compiles and loads.

"""
Put lazy artifacts out of reach, but for those that the compiled files at hand are known to fetch: they may name them. Where it is
not known whether they do, the package is compiled again.
"""
function hide_lazy_artifacts(depot::String, artifacts::Vector{LazyArtifact})
    foreach(artifact -> is_visible(depot, artifact.tree_hash) && remove_unfinished(depot, artifact.package.uuid), artifacts)
    kept = Set{String}(artifact.tree_hash for artifact in artifacts if is_known_to_fetch(depot, artifact))
    for tree_hash in unique(String[artifact.tree_hash for artifact in artifacts])
        (tree_hash in kept || !is_visible(depot, tree_hash)) && continue
        mkpath(dirname(hidden_folder(depot, tree_hash)))
        mv(joinpath(depot, "artifacts", tree_hash), hidden_folder(depot, tree_hash); force = true)
    end
end

"Note which lazy artifacts a package fetched while it was compiled into this file: they were out of reach before."
function note_fetched(depot::String, artifacts::Vector{LazyArtifact}, owner::Base.UUID, compiled::String)
    mkpath(lazy_notes(depot))
    for artifact in artifacts
        artifact.package.uuid == owner && is_visible(depot, artifact.tree_hash) || continue
        touch(lazy_note(depot, compiled, artifact.tree_hash))
    end
end

function is_known_to_fetch(depot::String, artifact::LazyArtifact)
    compiled = fresh_compiled_file(artifact.package)
    return compiled !== nothing && isfile(lazy_note(depot, compiled, artifact.tree_hash))
end
