# Going on as the image's user: a step that needs secrets begins as root.

"The numbers of a user, and the home folder it would have in a container."
struct Identity
    uid::Int
    gid::Int
    home::String
end

"""
The identity of `uid`, `name`, `uid:gid` or `name:group`, as Docker resolves it: by /etc/passwd and /etc/group; a number that is not
listed has the group 0 and no home.
"""
function find_identity(text::String)
    user, group = match(r"^([^:]*)(?::(.*))?$", text).captures
    entry = entry_of("/etc/passwd", user)
    uid = something(tryparse(Int, user), entry === nothing ? nothing : parse(Int, entry[3]), Some(nothing))
    uid === nothing && throw(BuildError("the image has no user $user"))
    gid = group === nothing ? (entry === nothing ? 0 : parse(Int, entry[4])) : group_number(group)
    return Identity(uid, gid, entry === nothing ? "/" : entry[6])
end

function group_number(group::AbstractString)
    number = tryparse(Int, group)
    number === nothing || return number
    entry = entry_of("/etc/group", group)
    entry === nothing && throw(BuildError("the image has no group $group"))
    return parse(Int, entry[3])
end

"Fields of the line of a file like /etc/passwd (passwd(5)) that has this name or number."
function entry_of(file::String, name::AbstractString)
    isfile(file) || return nothing
    for line in eachline(file)
        fields = split(line, ':')
        length(fields) >= 3 && (fields[1] == name || fields[3] == name) && return map(String, fields)
    end
    return nothing
end

"Give a path, and with `recursive` everything below it, to a user. Links are not followed."
function give(path::String, user::Identity; recursive::Bool = false)
    ispath(path) || return
    recursive && isdir(path) && visit_tree((each, _) -> change_owner(each, user), path)
    change_owner(path, user)
end

change_owner(path::String, user::Identity) =
    systemerror("lchown $path", ccall(:lchown, Cint, (Cstring, Cuint, Cuint), path, user.uid, user.gid) != 0)

"Go on as this user, for good. The C library does it for every thread of the process (setuid(2))."
function become(user::Identity)
    user.uid == 0 && return
    # Julia up to 1.10 has the depot of the home folder among its own, and stops at one that it may not look into.
    filter!(depot -> !startswith(depot, joinpath(homedir(), "")), DEPOT_PATH)
    systemerror("setgroups", ccall(:setgroups, Cint, (Csize_t, Ptr{Cuint}), 0, C_NULL) != 0)
    systemerror("setgid", ccall(:setgid, Cint, (Cuint,), user.gid) != 0)
    systemerror("setuid", ccall(:setuid, Cint, (Cuint,), user.uid) != 0)
    ENV["HOME"] = user.home
end
