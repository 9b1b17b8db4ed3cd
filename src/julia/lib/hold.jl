# BuildKit gives the cache to one step at a time. But a step whose daemon was killed goes on until it next prints something, and
# the next daemon knows nothing of it. So a step holds a lock as well, which ends with its process.

"What keeps the lock: closed, it would be given up."
const CACHE_LOCK = Ref{Union{Nothing,IOStream}}(nothing)

# flock(2)
const LOCK_EX = Cint(2)
const LOCK_NB = Cint(4)

"Wait until no other step is at work in this cache, and keep others waiting from then on."
function hold_cache(depot::String)
    mkpath(joinpath(depot, ".frontend"))
    CACHE_LOCK[] = open(joinpath(depot, ".frontend", "lock"), "a")
    try_hold() && return
    say("Waiting for a step that is at work in this cache since before the builder was started again")
    while !try_hold()
        sleep(0.5)
    end
end

# A file system without locks has to do without.
try_hold() = flock(descriptor(fd(CACHE_LOCK[])), LOCK_EX | LOCK_NB) != Libc.EAGAIN

"The number of the error, or 0."
flock(file::Cint, operation::Cint) = ccall(:flock, Cint, (Cint, Cint), file, operation) == 0 ? 0 : Libc.errno()

# A number until Julia 1.6 or so.
descriptor(file::Integer) = Cint(file)
descriptor(file::RawFD) = reinterpret(Cint, file)
