import Sundial

version() = unsafe_string(ccall((:sqlite3_libversion, "libsqlite3.so.0"), Cstring, ()))

println("SQLite ", first(split(version(), '.')), ", and ", Sundial.hours(), " hours")
println(Sys.which("make") === nothing ? "no make in the image" : "make is in the image")
