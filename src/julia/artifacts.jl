# Artifacts of the packages, for the platform the build runs on.

const ARTIFACT_FILES = ("JuliaArtifacts.toml", "Artifacts.toml")

"One artifact that a package asks for."
struct Artifact
    name::String
    tree_hash::Base.SHA1
    lazy::Bool
    "Its entry: where it is to be had, and with which checksum."
    entry::Dict{String,Any}
    "The file that has the entry."
    toml::String
end

artifact_folder(artifact::Artifact) = joinpath("artifacts", string(artifact.tree_hash))

"What was found by `package_artifacts`, by folder: a package's own program that chooses is run once."
const KNOWN_ARTIFACTS = Dict{String,Vector{Artifact}}()

"Artifacts of the package at `root` for this platform."
package_artifacts(root::String) = get!(() -> find_artifacts(root), KNOWN_ARTIFACTS, root)

function find_artifacts(root::String)
    for name in ARTIFACT_FILES
        toml = joinpath(root, name)
        isfile(toml) && return sort!(selected_artifacts(root, toml); by = artifact -> artifact.name)
    end
    return Artifact[]
end

# A package can choose its artifacts by a program of its own since Julia 1.7; Pkg runs it in the active project, whose preferences
# it may ask for.
function selected_artifacts(root::String, toml::String)
    found = Artifact[]
    if isfile(joinpath(root, ".pkg", "select_artifacts.jl")) && isdefined(PKG.Operations, :collect_artifacts)
        for (file, chosen) in PKG.Operations.collect_artifacts(root), (name, entry) in chosen
            push!(found, Artifact(name, entry, file))
        end
        return found
    end
    for name in keys(parse_toml(toml))
        entry = ARTIFACTS.artifact_meta(name, toml)
        entry === nothing || push!(found, Artifact(name, entry, toml))
    end
    return found
end

Artifact(name, entry, toml) =
    Artifact(name, Base.SHA1(entry["git-tree-sha1"]), get(entry, "lazy", false), Dict{String,Any}(entry), toml)

"What is known about a package's lazy artifact: `true` or `false` for fetched or not, `nothing` if it was not tried."
function lazy_note(depot::String, package::ManifestPackage, artifact::Artifact)
    file = lazy_note_file(depot, package, artifact)
    return isfile(file) ? read(file, String) == "fetched" : nothing
end

lazy_note_file(depot::String, package::ManifestPackage, artifact::Artifact) =
    joinpath(depot, ".frontend", "lazy", string(replace(package_folder(package), '/' => '+'), '+', artifact.tree_hash))

"Call `work` for each lazy artifact of which nothing is noted."
function untried_lazy_artifacts(work::Function, depot::String, packages::Vector{ManifestPackage})
    for package in packages, artifact in package_artifacts(joinpath(depot, package_folder(package)))
        artifact.lazy && lazy_note(depot, package, artifact) === nothing && work(package, artifact)
    end
end

function lazy_artifacts_to_hide(depot::String, packages::Vector{ManifestPackage})
    found = LazyArtifact[]
    untried_lazy_artifacts(depot, packages) do package, artifact
        push!(found, LazyArtifact(identity(package), string(artifact.tree_hash)))
    end
    return found
end

"Note which lazy artifacts were fetched, and put the hidden ones back."
function note_lazy_artifacts(depot::String, packages::Vector{ManifestPackage})
    untried_lazy_artifacts(depot, packages) do package, artifact
        file = lazy_note_file(depot, package, artifact)
        mkpath(dirname(file))
        write(file, isdir(joinpath(depot, artifact_folder(artifact))) ? "fetched" : "not fetched")
    end
    restore_hidden(depot)
end

"The artifacts of a package that belong into the image: all that are not lazy, and those that it fetches, or all."
function needed_artifacts(depot::String, package::ManifestPackage, with_lazy::Bool)
    return filter(package_artifacts(joinpath(depot, package_folder(package)))) do artifact
        !artifact.lazy || with_lazy || lazy_note(depot, package, artifact) === true
    end
end

"Install the artifacts that the cache lacks. Pkg checks the sha256 of the download and the tree hash of its content."
function install_artifacts(depot::String, packages::Vector{ManifestPackage}, with_lazy::Bool)
    for package in packages, artifact in needed_artifacts(depot, package, with_lazy)
        check_folder(depot, artifact_folder(artifact), artifact.tree_hash) && continue
        say("  artifact $(artifact.name) of $(package.name)")
        install_artifact(artifact)
        check_folder(depot, artifact_folder(artifact), artifact.tree_hash) ||
            throw(BuildError("the artifact $(artifact.name) of $(package.name) was installed, but not with the content its name promises"))
    end
end

const ARTIFACT_ATTEMPTS = 3

function install_artifact(artifact::Artifact)
    VERSION >= v"1.6" || download_quietly()
    for attempt in 1:ARTIFACT_ATTEMPTS
        try
            compiled_as_usual(() -> PKG.Artifacts.ensure_artifact_installed(artifact.name, artifact.entry, artifact.toml))
            return
        catch error
            error isa InterruptException && rethrow()
            text = sprint(showerror, error)
            attempt == ARTIFACT_ATTEMPTS && throw(BuildError("the artifact $(artifact.name) could not be installed: $text"))
            say("  trying again: $(first_line(text))")
        end
    end
end
