# Loaded before anything else in the process that checks the image: become the image's user, for good.
# The environment variable FRONTEND_USER holds `uid:gid`.

function become(uid::Integer, gid::Integer)
    systemerror("setgroups", ccall(:setgroups, Cint, (Csize_t, Ptr{Cvoid}), 0, C_NULL) != 0)
    systemerror("setgid", ccall(:setgid, Cint, (Cuint,), gid) != 0)
    systemerror("setuid", ccall(:setuid, Cint, (Cuint,), uid) != 0)
end

become(parse.(Int, split(ENV["FRONTEND_USER"], ':'))...)
