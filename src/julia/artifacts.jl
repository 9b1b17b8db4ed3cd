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

# Lazy artifacts are fetched when a package asks for them, which may be while it is compiled or loaded. Whether it does is found
# out when it is compiled with the artifact out of reach, and noted: so what another project fetched stays out of the image.

"What is known about a package's lazy artifact: `true` or `false` for fetched or not, `nothing` if it was not tried."
function lazy_note(depot::String, package::ManifestPackage, artifact::Artifact)
    file = lazy_note_file(depot, package, artifact)
    return isfile(file) ? read(file, String) == "fetched" : nothing
end

lazy_note_file(depot::String, package::ManifestPackage, artifact::Artifact) =
    joinpath(depot, ".frontend", "lazy", string(replace(package_folder(package), '/' => '+'), '+', artifact.tree_hash))

hidden_folder(depot::String, artifact::Artifact) = joinpath(depot, ".frontend", "hidden", string(artifact.tree_hash))

function lazy_artifacts(work::Function, depot::String, packages::Vector{ManifestPackage})
    for package in packages, artifact in package_artifacts(joinpath(depot, package_folder(package)))
        artifact.lazy && work(package, artifact)
    end
end

"Put lazy artifacts out of reach of the packages of which it is not known whether they fetch them."
function hide_lazy_artifacts(depot::String, packages::Vector{ManifestPackage})
    restore_hidden(depot)
    lazy_artifacts(depot, packages) do package, artifact
        folder = joinpath(depot, artifact_folder(artifact))
        # Without a note but compiled: a path noted in the compiled file may point to it.
        if lazy_note(depot, package, artifact) === nothing && isdir(folder) && is_stale(identity(package))
            mkpath(dirname(hidden_folder(depot, artifact)))
            mv(folder, hidden_folder(depot, artifact); force = true)
        end
    end
end

"Note which lazy artifacts were fetched, and put the hidden ones back."
function note_lazy_artifacts(depot::String, packages::Vector{ManifestPackage})
    lazy_artifacts(depot, packages) do package, artifact
        lazy_note(depot, package, artifact) === nothing || return
        file = lazy_note_file(depot, package, artifact)
        mkpath(dirname(file))
        write(file, isdir(joinpath(depot, artifact_folder(artifact))) ? "fetched" : "not fetched")
    end
    restore_hidden(depot)
end

"Put hidden artifacts back; those that were fetched again in the meantime are there already."
function restore_hidden(depot::String)
    hidden = joinpath(depot, ".frontend", "hidden")
    for name in (isdir(hidden) ? readdir(hidden) : String[])
        target = joinpath(depot, "artifacts", name)
        isdir(target) ? rm(joinpath(hidden, name); recursive = true) : mv(joinpath(hidden, name), target)
    end
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
            compiled_as_usual(() -> pkg().Artifacts.ensure_artifact_installed(artifact.name, artifact.toml))
            return
        catch error
            error isa InterruptException && rethrow()
            text = sprint(showerror, error)
            attempt == ARTIFACT_ATTEMPTS && throw(BuildError("the artifact $(artifact.name) could not be installed: $text"))
            say("  trying again: $(first_line(text))")
        end
    end
end
