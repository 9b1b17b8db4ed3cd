# What the person who builds hands to the step: secrets, ssh agents, a token for the Pkg server.

"Where packages come from besides the Pkg server, as the spec says."
struct Sources
    "Tables with `url`, `uuid`, `name`: registries besides General."
    registries::Vector{Dict{String,Any}}
    "Id of the secret with the token for the Pkg server; empty for none."
    auth::String
    "Nothing may be downloaded."
    offline::Bool
end

Sources(settings::AbstractDict) = Sources(settings["registries"], settings["auth"], settings["offline"])

# As Pkg documents the variable.
"URL of the Pkg server without a trailing slash, or `nothing` if the user turned it off."
function package_server()
    server = rstrip(get(ENV, "JULIA_PKG_SERVER", "https://pkg.julialang.org"), '/')
    isempty(server) && return nothing
    return occursin("://", server) ? String(server) : string("https://", server)
end

"Check what came with the build, and let Pkg find it. Returns where packages come from."
function prepare_access(settings::AbstractDict)
    sources = Sources(settings)
    check_secrets(settings["required-secrets"])
    install_token(sources, settings["auth-file"])
    return sources
end

"Fail if a secret that the spec requires did not come with the build. BuildKit could fail itself, but not say what to do."
function check_secrets(secrets::Vector)
    for secret in secrets
        id = secret["id"]
        has_file = !haskey(secret, "target") || is_mounted(secret["target"])
        # BuildKit leaves the variable of an absent secret empty.
        has_variable = !haskey(secret, "env") || !isempty(get(ENV, secret["env"], ""))
        has_file && has_variable || throw(BuildError(missing_secret(id, "[secrets.$id]")))
    end
end

missing_secret(id::String, key::String) = string(
    "the spec asks for the secret $id ($key), but the build has none of that name.\n",
    "Add --secret id=$id,src=FILE to the command line of the build.")

# A file of the base image at the same path is not the secret. Spaces are octal in that list (proc(5)).
is_mounted(path::String) =
    any(line -> split(line, ' ')[2] == replace(path, ' ' => "\\040"), eachline("/proc/self/mounts"))

"""
Put the auth.toml of the Pkg server where Pkg looks for it. That folder is in memory: Pkg refreshes the token in place, and
neither the cache nor the image may have it.
"""
function install_token(sources::Sources, secret::String)
    isempty(sources.auth) && return
    is_mounted(secret) || throw(BuildError(missing_secret(sources.auth, "auth under [pkg]")))
    server = package_server()
    server === nothing && throw(BuildError("auth under [pkg] names a secret for the Pkg server, but server is empty"))
    folder = PKG.PlatformEngines.get_server_dir(server, server)
    is_mounted(dirname(folder)) || error("$(dirname(folder)) is not in memory")
    mkpath(folder)
    file = joinpath(folder, "auth.toml")
    write_whole(file, read(secret))
    set_mode(file, 0o600)
    IS_1_5 && hide_token_1_5(dirname(folder))
    # A token about to expire is refreshed now: Pkg does it through a temporary file, and that is to be in memory too.
    withenv(() -> PKG.PlatformEngines.get_auth_header(server), "TMPDIR" => folder)
end

const UNREACHABLE_HINT = string("\nThe build does not reach that host. If the way is a proxy, hand it over: --build-arg HTTPS_PROXY=URL on the command line. ",
    "If there is none, name a Pkg server that the builder reaches: server under [pkg] in the spec.")

"What can be done where git or the network did not give what was asked for; empty if the error is about something else."
function fetch_hint(text::String)
    # libgit2's words, and curl's.
    occursin(r"failed to (resolve address|connect)|could not (resolve|connect)"i, text) && return UNREACHABLE_HINT
    occursin(r"failed to (clone|fetch)|GitError|git repository not found"i, text) || return ""
    if !occursin(r"ssh://|[\w.-]+@[\w.-]+:", text)
        return "\nIf the repository is private, hand credentials to the build: [secrets.git-config] with target = \"/root/.gitconfig\" in the spec, and --secret id=git-config,src=FILE on the command line."
    elseif !issocket(get(ENV, "SSH_AUTH_SOCK", ""))
        return "\nFetching over ssh needs an agent: [ssh] in the spec, and --ssh default on the command line."
    end
    return "\nThe ssh agent is there. See that it holds the right key, and that known-hosts under [ssh] has the key of the host."
end
