# Files with times, modes and sizes that are the same in every build.

# Julia up to 1.10 compares the modification time of every source file with the one noted in the compiled file; Julia 1.8
# to 1.10 accept exactly 1 second after the epoch always (JuliaLang/julia #43090). It is older than any SOURCE_DATE_EPOCH.
const FIXED_TIME = 1

struct TimeSpec
    seconds::Clong
    nanoseconds::Clong
end

const AT_FDCWD = Cint(-100)
const AT_SYMLINK_NOFOLLOW = Cint(0x100)

"Set access and modification time of a path, of a link itself if it is one. Seconds since the epoch."
function set_time(path::String, seconds::Integer)
    # Where the cache begins with a seed, touching a file would copy it from the seed's layer.
    lstat(path).mtime == seconds && return
    times = [TimeSpec(seconds, 0), TimeSpec(seconds, 0)]
    error_number = utimensat(path, times)
    error_number == 0 || throw(SystemError("utimensat $path", error_number))
end

# What has a `ccall` is compiled where the rest is interpreted: the shorter it is, the less a build waits for that.
utimensat(path::String, times::Vector{TimeSpec}) =
    ccall(:utimensat, Cint, (Cint, Cstring, Ptr{TimeSpec}, Cint), AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : Libc.errno()

# Julia's own `chmod`, which knows folders too, takes 40 ms to be compiled.
"Set the mode of a file or folder."
set_mode(path::String, mode::Integer) = systemerror("chmod $path", ccall(:chmod, Cint, (Cstring, Cuint), path, mode) != 0)

"Call `visit(path, relative)` for everything below a folder, contents before their folder, names in sorted order."
function visit_tree(visit::Function, root::String, relative::String = "")
    for name in sort!(readdir(joinpath(root, relative)))
        below = joinpath(relative, name)
        path = joinpath(root, below)
        isdir(lstat(path)) && visit_tree(visit, root, below)
        visit(path, below)
    end
end

"Give everything below a folder, and the folder, the fixed time."
function fix_times(root::String)
    visit_tree((path, _) -> set_time(path, FIXED_TIME), root)
    set_time(root, FIXED_TIME)
end

"""
Copy a folder so that the result depends on names, contents, executable bits and modification times only: only the owner
can write to it, the owner is the running user. Times are those of the source. Returns the number of bytes in files.
"""
function copy_tree(source::String, target::String)
    bytes = 0
    make_folders(target)
    # A folder comes after what is in it: its time is the last thing that is done to it.
    for name in sort!(readdir(source))
        path, destination = joinpath(source, name), joinpath(target, name)
        status = lstat(path)
        if isdir(status)
            bytes += copy_tree(path, destination)
            continue
        elseif islink(status)
            islink(destination) && rm(destination)
            symlink(readlink(path), destination)
        else
            bytes += copy_file(path, destination, status)
        end
        set_time(destination, floor(Int, status.mtime))
    end
    set_time(target, floor(Int, stat(source).mtime))
    return bytes
end

function copy_file(source::String, target::String, status = stat(source))
    Base.Filesystem.sendfile(source, target)
    set_mode(target, (filemode(status) & 0o100) != 0 ? 0o755 : 0o644)
    return filesize(status)
end

"Write a whole file, or fail."
write_whole(path::String, content::Union{String,Vector{UInt8}}) = open(io -> write_all(io, content, path), path, "w")

"`write`, which does not complain where a full disk takes a part of the content. `name` is for the error."
function write_all(io::IO, content::Union{String,Vector{UInt8}}, name::String)
    write(io, content) == sizeof(content) || error("$name could be written in part only: no space left on device (ENOSPC)")
    return nothing
end

"`mkpath` with modes that do not depend on the umask."
function make_folders(path::String)
    isdir(path) && return
    make_folders(dirname(path))
    mkdir(path)
    set_mode(path, 0o755)
end

"Bytes of all files below a folder, or of a file."
function tree_bytes(root::String)
    isfile(root) && return filesize(root)
    bytes = 0
    visit_tree((path, _) -> (isfile(path) && !islink(path)) && (bytes += filesize(path)), root)
    return bytes
end
