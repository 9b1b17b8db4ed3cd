# Artifacts of the packages, for the platform the build runs on.

const ARTIFACT_FILES = ("JuliaArtifacts.toml", "Artifacts.toml")

"One artifact that a package asks for."
struct Artifact
    name::String
    tree_hash::Base.SHA1
    lazy::Bool
    toml::String
end

artifact_folder(artifact::Artifact) = joinpath("artifacts", string(artifact.tree_hash))

# Julia 1.6 moved the artifact functions from Pkg to a standard library of their own.
artifacts_library() =
    VERSION >= v"1.6" ? Base.require(Base.PkgId(Base.UUID("56f22d72-fd6d-98f1-02f0-08ddc0907c33"), "Artifacts")) :
    pkg().Artifacts

"Artifacts of the package at `root` for this platform."
function package_artifacts(root::String)
    for name in ARTIFACT_FILES
        toml = joinpath(root, name)
        isfile(toml) || continue
        return selected_artifacts(root, toml)
    end
    return Artifact[]
end

function selected_artifacts(root::String, toml::String)
    library = artifacts_library()
    found = Artifact[]
    # A package can choose its artifacts by a program of its own since Julia 1.7; Pkg runs it.
    if isfile(joinpath(root, ".pkg", "select_artifacts.jl")) && isdefined(pkg().Operations, :collect_artifacts)
        for (_, chosen) in pkg().Operations.collect_artifacts(root)
            append!(found, (artifact(name, entry, toml) for (name, entry) in chosen))
        end
        return found
    end
    for name in sort!(collect(keys(parse_toml(toml))))
        entry = library.artifact_meta(name, toml)
        entry === nothing || push!(found, artifact(name, entry, toml))
    end
    return found
end

artifact(name, entry, toml) =
    Artifact(name, Base.SHA1(entry["git-tree-sha1"]), get(entry, "lazy", false), toml)

"Every artifact that the packages need in the image. A lazy one counts if something already fetched it by being loaded."
function needed_artifacts(depot::String, packages::Vector{ManifestPackage})
    needed = Artifact[]
    for package in packages, artifact in package_artifacts(joinpath(depot, package_folder(package)))
        artifact.lazy || push!(needed, artifact)
    end
    return unique(artifact -> artifact.tree_hash, needed)
end

"Install the artifacts that the cache lacks. Pkg checks the sha256 of the download and the tree hash of its content."
function install_artifacts(depot::String, packages::Vector{ManifestPackage})
    for artifact in needed_artifacts(depot, packages)
        check_folder(depot, artifact_folder(artifact), artifact.tree_hash) && continue
        say("  artifact $(artifact.name)")
        try
            pkg().Artifacts.ensure_artifact_installed(artifact.name, artifact.toml)
        catch error
            error isa InterruptException && rethrow()
            throw(BuildError("the artifact $(artifact.name) could not be installed: $(sprint(showerror, error))"))
        end
        check_folder(depot, artifact_folder(artifact), artifact.tree_hash) ||
            throw(BuildError("the artifact $(artifact.name) was installed, but not with the content its name promises"))
    end
end
