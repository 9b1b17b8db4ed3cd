# The git tree hash of a folder, by which packages and artifacts are named. Julia's own SHA-1 reads 0.3 GB in a second; that of
# OpenSSL, which Julia brings since 1.12 and which most base images have, twice as much. Having Julia compile the functions of Pkg
# for it takes 0.1 s, so it is for artifacts only, which may be large.

const SHA = PKG.GitTools.SHA

# Pkg brings this in compiled form (Julia 1.10 to 1.12).
"Git's hash of the tree with the files of a package's folder."
function tree_hash(root::String)
    work() = PKG.GitTools.tree_hash(root)
    return Base.SHA1(IS_1_5 ? compiled_as_usual(work) : work())
end

"The same for a folder that may have a lot in it."
function large_tree_hash(root::String)
    load_openssl() || return tree_hash(root)
    return Base.SHA1(compiled_as_usual(() -> PKG.GitTools.tree_hash(OpenSSLDigest, root)))
end

# Most builds have no artifact to hash, and to make the dictionary here would take them 9 ms.
"Functions of libcrypto by name, once `load_openssl` found the library."
const OPENSSL = Ref{Dict{Symbol,Ptr{Cvoid}}}()

const OPENSSL_FUNCTIONS = (:EVP_MD_CTX_new, :EVP_MD_CTX_free, :EVP_sha1, :EVP_DigestInit_ex, :EVP_DigestUpdate, :EVP_DigestFinal_ex)

"Whether OpenSSL can be used: the one of Julia, or else the base image's."
function load_openssl()
    isassigned(OPENSSL) && return true
    IS_1_5 && return false
    library = Base.Libc.Libdl.dlopen("libcrypto.so.3"; throw_error = false)
    library === nothing && return false
    found = [name => Base.Libc.Libdl.dlsym(library, name; throw_error = false) for name in OPENSSL_FUNCTIONS]
    any(((_, pointer),) -> pointer === nothing, found) && return false
    OPENSSL[] = Dict(found)
    return true
end

"A SHA-1 under way, for the functions of Pkg that hash with what they are given."
mutable struct OpenSSLDigest <: SHA.SHA_CTX
    context::Ptr{Cvoid}
    function OpenSSLDigest()
        digest = new(ccall(OPENSSL[][:EVP_MD_CTX_new], Ptr{Cvoid}, ()))
        finalizer(free_digest, digest)
        sha1 = ccall(OPENSSL[][:EVP_sha1], Ptr{Cvoid}, ())
        check_openssl(ccall(OPENSSL[][:EVP_DigestInit_ex], Cint, (Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}), digest.context, sha1, C_NULL))
        return digest
    end
end

check_openssl(status::Cint) = status == 1 || error("OpenSSL could not compute a SHA-1")

function free_digest(digest::OpenSSLDigest)
    ccall(OPENSSL[][:EVP_MD_CTX_free], Cvoid, (Ptr{Cvoid},), digest.context)
    digest.context = C_NULL
    return nothing
end

SHA.update!(digest::OpenSSLDigest, data::Vector{UInt8}, count::Integer = length(data)) =
    check_openssl(ccall(OPENSSL[][:EVP_DigestUpdate], Cint, (Ptr{Cvoid}, Ptr{UInt8}, Csize_t), digest.context, data, count))

function SHA.digest!(digest::OpenSSLDigest)
    bytes = Vector{UInt8}(undef, 20)
    check_openssl(ccall(OPENSSL[][:EVP_DigestFinal_ex], Cint, (Ptr{Cvoid}, Ptr{UInt8}, Ptr{Cuint}), digest.context, bytes, C_NULL))
    return bytes
end
