# The git tree hash of a folder, by which packages and artifacts are named: files, links and folders are objects, whose hash is that of
# its kind, its length and its content; the content of a folder is a list of what is in it, with the hash of each ("Git Objects" in Pro
# Git). Pkg computes it too, by functions that are not for others, and takes longer to be loaded than most packages to be hashed.
#
# Julia's own SHA-1 reads 0.3 GB in a second; that of OpenSSL, which Julia brings since 1.12 and which most base images have, twice as
# much. Having Julia compile for it takes 0.1 s, so it is for artifacts only, which may be large.

const SHA = Base.require(Base.PkgId(Base.UUID("ea8e919c-243c-51af-8825-aaa63cd721ce"), "SHA"))

"Git's hash of the tree with the files of a package's folder."
tree_hash(root::String) = Base.SHA1(hash_of_folder(SHA.SHA1_CTX, root))

"The same for a folder that may have a lot in it."
large_tree_hash(root::String) = Base.SHA1(compiled_as_usual(() -> hash_of_folder(load_openssl() ? OpenSSLDigest : SHA.SHA1_CTX, root)))

# Git compares names as bytes, and a folder's as if it ended with a slash. It knows no empty folders.
function hash_of_folder(digest::Type, root::String)
    names = readdir(root)
    for (index, name) in enumerate(names)
        isdir(lstat(joinpath(root, name))) && (names[index] = string(name, '/'))
    end
    list = IOBuffer()
    for name in sort!(names)
        path = joinpath(root, name)
        endswith(name, '/') ? write_folder(list, digest, chop(name), chop(path)) : write_file(list, digest, name, path)
    end
    content = take!(list)
    return hash_of_object(context -> SHA.update!(context, content), digest, "tree", length(content))
end

const EMPTY_FOLDER = hex2bytes("4b825dc642cb6eb9a060e54bf8d69288fbee4904")

function write_folder(list::IOBuffer, digest::Type, name::AbstractString, path::AbstractString)
    hash = hash_of_folder(digest, String(path))
    hash == EMPTY_FOLDER || write_entry(list, "40000", name, hash)
end

function write_file(list::IOBuffer, digest::Type, name::String, path::String)
    status = lstat(path)
    if islink(status)
        target = Vector{UInt8}(readlink(path))
        return write_entry(list, "120000", name, hash_of_object(context -> SHA.update!(context, target), digest, "blob", length(target)))
    end
    isfile(status) || error("$path is no file, link or folder")
    hash = hash_of_object(context -> update_with_file(context, path), digest, "blob", filesize(status))
    write_entry(list, (status.mode & 0o100) != 0 ? "100755" : "100644", name, hash)
end

write_entry(list::IOBuffer, mode::String, name::AbstractString, hash::Vector{UInt8}) = write(list, mode, ' ', name, '\0', hash)

"Hash of an object of so many bytes, of which `update` adds the content."
function hash_of_object(update::Function, digest::Type, kind::String, bytes::Integer)
    context = digest()
    SHA.update!(context, Vector{UInt8}(string(kind, ' ', bytes, '\0')))
    update(context)
    return SHA.digest!(context)
end

function update_with_file(context, path::String)
    open(path) do io
        buffer = Vector{UInt8}(undef, clamp(filesize(io), 1, 1_000_000))
        while !eof(io)
            SHA.update!(context, buffer, readbytes!(io, buffer))
        end
    end
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

"A SHA-1 under way, used as those of Julia's SHA are."
mutable struct OpenSSLDigest
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
