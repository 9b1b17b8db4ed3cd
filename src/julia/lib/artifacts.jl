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
    if isfile(joinpath(root, ".pkg", "select_artifacts.jl")) && !IS_1_5
        for (file, chosen) in compiled_as_usual(() -> PKG.Operations.collect_artifacts(root)), (name, entry) in chosen
            push!(found, Artifact(name, entry, file))
        end
        return found
    end
    for name in keys(parse_toml(toml))
        entry = PKG.Artifacts.artifact_meta(name, toml)
        entry === nothing || push!(found, Artifact(name, entry, toml))
    end
    return found
end

Artifact(name, entry, toml) =
    Artifact(name, Base.SHA1(entry["git-tree-sha1"]), get(entry, "lazy", false), Dict{String,Any}(entry), toml)

"Every lazy artifact of these packages."
function lazy_artifacts(depot::String, packages::Vector{ManifestPackage})
    return LazyArtifact[LazyArtifact(id_of(package), string(artifact.tree_hash)) for package in packages
        for artifact in artifacts_of(depot, package) if artifact.lazy]
end

artifacts_of(depot::String, package::ManifestPackage) = package_artifacts(joinpath(depot, package_folder(package)))

"""
Note which lazy artifacts the packages fetched, by the compiled files that they were loaded from, and put the hidden ones back.
Returns the tree hashes of those that were fetched.
"""
function note_lazy_artifacts(depot::String, artifacts::Vector{LazyArtifact}, files::Vector{CompiledFile})
    fetched = Set{String}(artifact.tree_hash for artifact in artifacts if is_visible(depot, artifact.tree_hash))
    mkpath(lazy_notes(depot))
    for artifact in artifacts, file in files
        artifact.tree_hash in fetched && file.owner == artifact.package.uuid && touch(lazy_note(depot, file.path, artifact.tree_hash))
    end
    restore_hidden(depot)
    return fetched
end

"Lazy artifacts that some compiled file of their package is known to fetch: the ones at hand may be among these."
function noted_artifacts(depot::String)
    folder = lazy_notes(depot)
    return Set{String}(String(last(split(name, '+'))) for name in (isdir(folder) ? readdir(folder) : String[]))
end

"The artifacts of a package that are not lazy, and of the lazy ones those with these tree hashes."
needed_artifacts(depot::String, package::ManifestPackage, lazy::Set{String}) =
    filter(artifact -> !artifact.lazy || string(artifact.tree_hash) in lazy, artifacts_of(depot, package))

# Julia 1.5 downloads with a program that reports on the terminal, one at a time.
const PARALLEL_ARTIFACTS = IS_1_5 ? 1 : 4

"Install the artifacts that the cache lacks, each only with the content that its tree hash names."
function install_artifacts(depot::String, packages::Vector{ManifestPackage}, lazy::Set{String})
    absent = Dict{String,Tuple{Artifact,ManifestPackage}}()
    for package in packages, artifact in needed_artifacts(depot, package, lazy)
        folder = artifact_folder(artifact)
        haskey(absent, folder) || check_folder(depot, folder, artifact.tree_hash) || (absent[folder] = (artifact, package))
    end
    isempty(absent) || allow_garbage_collection()
    failures = String[]
    done = 0
    # With this variable Pkg takes what has another hash.
    withenv("JULIA_PKG_IGNORE_HASHES" => "false") do
        asyncmap(sort!(collect(absent); by = first); ntasks = PARALLEL_ARTIFACTS) do (_, (artifact, package))
            say("  artifact $(artifact.name) of $(package.name)")
            failure = install_artifact(depot, artifact, package)
            failure === nothing || return push!(failures, failure)
            done += 1
            say("  artifact $(artifact.name) is there [$done/$(length(absent))]")
        end
    end
    isempty(failures) || throw(BuildError(join(failures, '\n')))
end

"Install one artifact: from the Pkg server, or else as Pkg does, which knows other places. Returns `nothing`, or what went wrong."
function install_artifact(depot::String, artifact::Artifact, package::ManifestPackage)
    server = package_server()
    if server !== nothing && !IS_1_5
        url = "$server/artifact/$(artifact.tree_hash)"
        failure = download_tree(url, depot, artifact_folder(artifact), artifact.tree_hash, large_tree_hash)
        failure === nothing && return nothing
        is_absent(failure) || say("  trying again: $failure")
    end
    failure = install_by_pkg(artifact)
    return failure === nothing ? accept_artifact(depot, artifact, package) : failure
end

const ARTIFACT_ATTEMPTS = 3

"Let Pkg install an artifact. Returns `nothing`, or what went wrong the last time."
function install_by_pkg(artifact::Artifact)
    IS_1_5 && download_quietly_1_5()
    ensure() = PKG.Artifacts.ensure_artifact_installed(artifact.name, artifact.entry, artifact.toml; quiet_download = true)
    for attempt in 1:ARTIFACT_ATTEMPTS
        try
            compiled_as_usual(ensure)
            return nothing
        catch error
            error isa InterruptException && rethrow()
            text = sprint(showerror, error)
            attempt == ARTIFACT_ATTEMPTS && return "the artifact $(artifact.name) could not be installed: $text$(fetch_hint(text))"
            say("  trying again: $(first_line(text))")
        end
    end
end

# Pkg has just hashed it; that of Julia 1.5 only warns on some systems.
"Note that an artifact is as its name promises. Returns `nothing`, or that it is not."
function accept_artifact(depot::String, artifact::Artifact, package::ManifestPackage)
    folder = artifact_folder(artifact)
    is_right = IS_1_5 ? check_folder(depot, folder, artifact.tree_hash) : isdir(joinpath(depot, folder))
    is_right || return "the artifact $(artifact.name) of $(package.name) was installed, but not with the content its name promises"
    fix_times(joinpath(depot, folder))
    note_checked(depot, folder)
    return nothing
end
