# What Julia 1.5 alone needs: Debian's Julia, which stands in where there is no other. The steps include this file on that version
# only, and the other files call its functions where `IS_1_5` says so. It names no types of theirs in signatures, since no step
# has all of them.

@isdefined(PKG) || include("pkg.jl")

# Only Pkg has a parser, which is part of the system image.
parse_toml_1_5(file::String) = PKG.TOML.parsefile(file)

addenv_1_5(command::Cmd, variables::Pair{String,String}...) =
    setenv(command, merge(Dict{String,String}(ENV), Dict(variables)))

## Compiling

# A compiling process cannot be told where to write its errors. They all share one stream, on which what they print could not be
# told apart: what fails is compiled once more by itself.
"Run `work`, which compiles several packages, and put the error of each in the place of what could not be read meanwhile."
function compile_at_once_1_5(work::Function, failures::Vector)
    open(io -> redirect_stderr(work, io), "/dev/null", "w")
    for (index, failure) in enumerate(failures)
        alone(io) = redirect_stderr(() -> compiled_as_usual(Base.compilecache, failure.id), io)
        failures[index] = Failure(failure.name, failure.id, something(compiling_error(alone, failure.name), ""))
    end
    # What compiles by itself has not failed.
    filter!(failure -> !isempty(failure.error), failures)
end

"Whether a compiled file can be used as it is."
is_fresh_1_5(source::String, file::String) = Base.stale_cachefile(source, file) !== true

"The compiled file that a module was loaded from: the one whose header names the module's build id."
function loaded_file_1_5(id::Base.PkgId, loaded::Module)
    build_id = Base.module_build_id(loaded)
    for file in Base.find_all_in_cache_path(id)
        header_build_id(file, id) == build_id && return file
    end
    return nothing
end

function header_build_id(file::String, id::Base.PkgId)
    open(file) do io
        Base.isvalid_cache_header(io) || return nothing
        modules = first(Base.parse_cache_header(io))
        index = findfirst(entry -> first(entry) == id, modules)
        return index === nothing ? nothing : last(modules[index])
    end
end

## Installing

"Let Pkg find the program that downloads, without which its functions refuse to work."
find_downloaders_1_5() = PKG.PlatformEngines.probe_platform_engines!()

# Pkg updates a registry that lacks a package, once in a process, and goes on with what it read before.
function instantiate_1_5()
    try
        PKG.instantiate()
    catch error
        occursin("to be registered", sprint(showerror, error)) || rethrow()
        PKG.instantiate()
    end
end

## Downloads

# Pkg downloads with curl and gives it the token for the Pkg server on the command line, where every process of the machine can
# read it, and repeats that line in its errors. Here curl reads the token from a file.

"The folder in memory that holds the headers for curl; empty if there is no token."
const TOKEN_FOLDER = Ref("")

"Let Pkg's own downloads keep the token off the command line too."
function hide_token_1_5(folder::String)
    success(`curl --version`) || throw(BuildError("auth under [pkg] needs curl in the base image"))
    TOKEN_FOLDER[] = folder
    use_curl_command()
end

"Let Pkg's own downloads show no progress bar, which is control characters in the log of a build, and end when nothing comes."
download_quietly_1_5() = Sys.which("curl") === nothing || use_curl_command()

function use_curl_command()
    engines = PKG.PlatformEngines
    # What follows would be replaced by the first call of this.
    engines.probe_platform_engines!()
    Core.eval(engines, Expr(:(=), :gen_download_cmd, curl_command))
end

# A server that keeps a connection open and sends nothing would hold up a build for ever. Downloads.jl, with which newer versions
# download, has the same limits.
const STALL_LIMITS = `--connect-timeout 30 --speed-limit 1 --speed-time 20`

is_secret(header::AbstractString) = startswith(header, "Authorization:")

"The command that downloads `url` to `path` with these headers."
function curl_command(url::AbstractString, path::AbstractString, headers::AbstractString...)
    shown = [part for header in headers if !is_secret(header) for part in ("--header", header)]
    hidden = [part for header in headers if is_secret(header) for part in ("--config", header_file(header))]
    return `curl --silent --show-error --fail --location $STALL_LIMITS $hidden $shown --output $path $url`
end

"A curl configuration (curl(1), --config) with one header."
function header_file(header::AbstractString)
    isempty(TOKEN_FOLDER[]) && error("there is no folder for tokens")
    path = joinpath(TOKEN_FOLDER[], string("curl-", string(Base._crc32c(header); base = 16)))
    if !isfile(path)
        open(io -> nothing, path, "w")
        chmod(path, 0o600)
        write(path, string("header = \"", replace(header, r"[\\\\\"]" => s"\\\0"), "\"\n"))
    end
    return path
end

"Download a file. Throws with curl's own words."
function download_by_curl_1_5(url::String, path::String)
    engines = PKG.PlatformEngines
    token = engines.get_auth_header(url)
    headers = [engines.get_metadata_headers(url); token === nothing ? String[] : [token]]
    words = IOBuffer()
    process = run(pipeline(ignorestatus(curl_command(url, path, headers...)); stdout = devnull, stderr = words))
    success(process) || error(strip(String(take!(words))))
end

## Keys of ssh hosts

# libgit2 connects to any ssh host, whatever its key. Newer versions of Julia compare the key with known_hosts files; this does the
# same.

standard_library(name::String, uuid::String) = Base.require(Base.PkgId(Base.UUID(uuid), name))
libgit2() = standard_library("LibGit2", "76f85450-5226-5b5a-8eaa-529ad045b433")
sha() = standard_library("SHA", "ea8e919c-243c-51af-8825-aaa63cd721ce")
base64() = standard_library("Base64", "2a0f44e3-6c83-55bd-87e4-b1978d98bd5f")

known_hosts_files() =
    filter(isfile, split(get(ENV, "SSH_KNOWN_HOSTS_FILES", joinpath(homedir(), ".ssh", "known_hosts")), ':'))

"SHA-1 of every key that the known_hosts files give for a host."
function known_keys(host::String)
    lines = [split(line) for file in known_hosts_files() for line in eachline(file)]
    return Set(sha().sha1(base64().base64decode(fields[3])) for fields in lines if length(fields) >= 3 && names_host(fields[1], host))
end

# libgit2 does not tell the port, so a key for another port of the host counts too.
function names_host(names::AbstractString, host::String)
    startswith(names, "|1|") && return is_hash_of(names, host)
    return any(name -> replace(name, r"^\[(.*)\]:\d+$" => s"\1") == host, split(names, ','))
end

"Whether `|1|salt|hash` stands for the host (ssh-keygen -H)."
function is_hash_of(text::AbstractString, host::String)
    _, _, salt, hash = split(text, '|')
    return sha().hmac_sha1(base64().base64decode(salt), host) == base64().base64decode(hash)
end

# libgit2's git_cert begins with its kind; git_cert_hostkey goes on with a mask of the hashes it has, MD5 (16 bytes) and
# SHA-1 (20 bytes). See include/git2/cert.h.
const HOST_KEY_CERTIFICATE = 2
const HAS_SHA1 = 2
const SHA1_OFFSET = 2 * sizeof(Cint) + 16
const ERROR_CERTIFICATE = Cint(-17)
const DECIDE_YOURSELF = Cint(1)

"Called by libgit2 with the certificate of each host it connects to. 0 to go on, 1 for its own decision, negative to stop."
function check_certificate(certificate::Ptr{Cvoid}, ::Cint, host::Cstring, ::Ptr{Cvoid})::Cint
    fields = Ptr{Cint}(certificate)
    unsafe_load(fields, 1) == HOST_KEY_CERTIFICATE || return DECIDE_YOURSELF
    name = unsafe_string(host)
    if unsafe_load(fields, 2) & HAS_SHA1 != 0
        hash = [unsafe_load(Ptr{UInt8}(certificate), SHA1_OFFSET + index) for index in 1:20]
        hash in known_keys(name) && return Cint(0)
    end
    # Class 23 is GIT_ERROR_SSH.
    ccall((:giterr_set_str, :libgit2), Cvoid, (Cint, Cstring), 23, "the key of the ssh host $name is not known")
    return ERROR_CERTIFICATE
end

const CHECKS_HOSTS = Ref(false)

"Check ssh hosts from now on, in functions that are called by `Base.invokelatest`. Loads LibGit2, which takes 0.3 s."
function check_ssh_hosts_1_5()
    CHECKS_HOSTS[] && return
    CHECKS_HOSTS[] = true
    check = @cfunction(check_certificate, Cint, (Ptr{Cvoid}, Cint, Cstring, Ptr{Cvoid}))
    # The one place where LibGit2 gathers the callbacks of a connection.
    Core.eval(libgit2(), quote
        function RemoteCallbacks(given::Callbacks)
            functions = Dict{Symbol,Ptr{Cvoid}}(name => first(entry) for (name, entry) in given)
            payloads = Dict{Symbol,Any}(name => last(entry) for (name, entry) in given)
            return RemoteCallbacks(; payload = payloads, functions..., certificate_check = $check)
        end
    end)
end
