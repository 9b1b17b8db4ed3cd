# Artifacts into the cache: from the Pkg server by their tree hash, or as Pkg does it.

# Julia 1.5 downloads with a program that reports on the terminal, one at a time.
const PARALLEL_ARTIFACTS = IS_1_5 ? 1 : 4

"Install artifacts, each only with the content that its tree hash names."
function install_artifacts(depot::String, absent::Vector{Pair{String,AbsentArtifact}})
    isempty(absent) && return
    allow_garbage_collection()
    failures = String[]
    done = 0
    # With this variable Pkg takes what has another hash.
    withenv("JULIA_PKG_IGNORE_HASHES" => "false") do
        asyncmap(absent; ntasks = PARALLEL_ARTIFACTS) do (_, (artifact, package))
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
