# The image's user as the container engine takes it: `user[:group]`, names or numbers, as in a Dockerfile's USER.

struct ImageUser
    uid::Int
    gid::Int
    home::String
end

"Rows of /etc/passwd or /etc/group, split into their fields."
rows(file::String) = isfile(file) ? filter(row -> length(row) >= 3, [split(line, ':') for line in eachline(file)]) : []

"The user that `text` names. Engines take group 0 and home `/` for a number that /etc/passwd does not list."
function image_user(text::String; passwd::String = "/etc/passwd", group::String = "/etc/group")
    parts = split(text, ':')
    row = find_row(rows(passwd), parts[1])
    uid = row === nothing ? number(parts[1], "user") : parse(Int, row[3])
    gid = row === nothing ? 0 : parse(Int, row[4])
    if length(parts) > 1
        group_row = find_row(rows(group), parts[2])
        gid = group_row === nothing ? number(parts[2], "group") : parse(Int, group_row[3])
    end
    home = row === nothing || length(row) < 6 ? "/" : String(row[6])
    return ImageUser(uid, gid, home)
end

function find_row(rows, name::AbstractString)
    index = findfirst(row -> row[1] == name || row[3] == name, rows)
    return index === nothing ? nothing : rows[index]
end

function number(text::AbstractString, what::String)
    id = tryparse(Int, text)
    id === nothing && throw(BuildError("the image has no $what named $text (key user of the spec)"))
    return id
end
