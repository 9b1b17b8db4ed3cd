# Julia 1.5 lets libgit2 connect to any ssh host, whatever its key. Newer versions compare the key with known_hosts files; this
# does the same for 1.5.

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
function check_ssh_hosts()
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
