# Copies files of one folder into another in each way that Linux has for it, and prints what that took.
#
#   julia copy-ways.jl <from> <to>...: times each way for each of these folders, which are removed again

struct Way
    name::String
    "Copies one file, or throws a `SystemError`."
    copy::Function
end

const AT_MOST = 0x7ffff000

function with_descriptors(work::Function, from::String, to::String)
    open(from) do source
        open(to, "w") do target
            work(RawFD(fd(source)), RawFD(fd(target)))
        end
    end
end

link(from, to) = systemerror("link", ccall(:link, Cint, (Cstring, Cstring), from, to) != 0)

# _IOW(0x94, 9, int) in linux/fs.h.
const FICLONE = 0x40049409

reflink(from, to) = with_descriptors(from, to) do source, target
    systemerror("FICLONE", ccall(:ioctl, Cint, (Cint, Culong, Cint...), reinterpret(Int32, target), FICLONE, reinterpret(Int32, source)) != 0)
end

function repeat_until_done(call::Function, name::String)
    while true
        count = call()
        systemerror(name, count < 0)
        count == 0 && return
    end
end

copy_range(from, to) = with_descriptors(from, to) do source, target
    repeat_until_done("copy_file_range") do
        ccall(:copy_file_range, Cssize_t, (Cint, Ptr{Cvoid}, Cint, Ptr{Cvoid}, Csize_t, Cuint),
            reinterpret(Int32, source), C_NULL, reinterpret(Int32, target), C_NULL, AT_MOST, 0)
    end
end

send(from, to) = with_descriptors(from, to) do source, target
    repeat_until_done("sendfile") do
        ccall(:sendfile, Cssize_t, (Cint, Cint, Ptr{Cvoid}, Csize_t), reinterpret(Int32, target), reinterpret(Int32, source), C_NULL, AT_MOST)
    end
end

const WAYS = [
    Way("hard link", link),
    Way("reflink (FICLONE)", reflink),
    Way("copy_file_range", copy_range),
    Way("sendfile", send),
    Way("libuv's sendfile, as the steps copy", Base.Filesystem.sendfile),
    Way("read and write", (from, to) -> (write(to, read(from)); nothing)),
]

"Seconds for all files, or why it cannot be done."
function time_way(way::Way, names::Vector{String}, from::String, folder::String)
    mkpath(folder)
    try
        start = time()
        foreach(name -> way.copy(joinpath(from, name), joinpath(folder, name)), names)
        return time() - start
    catch error
        error isa SystemError || rethrow()
        return Libc.strerror(error.errnum)
    finally
        rm(folder; recursive = true)
    end
end

const ROUNDS = 3

function measure(from::String, to::String)
    names = readdir(from)
    for way in WAYS
        # The first compiles what is called.
        time_way(way, names[1:1], from, joinpath(to, "copies"))
        results = [time_way(way, names, from, joinpath(to, "copies")) for _ in 1:ROUNDS]
        text = first(results) isa String ? first(results) : string(round(sort(results)[cld(ROUNDS, 2)]; digits = 2), " s")
        println("  $(way.name): $text")
    end
end

file_system(folder) = readchomp(`stat --file-system --format=%T $folder`)

for to in ARGS[2:end]
    println("from $(ARGS[1]) ($(file_system(ARGS[1]))) to $to ($(file_system(to))):")
    measure(ARGS[1], to)
end
