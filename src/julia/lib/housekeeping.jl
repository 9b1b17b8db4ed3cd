# The cache does not grow for ever: what no build has used for some days is removed. Pkg's own garbage collection would
# remove what other projects need, since it knows only projects whose folders exist.

used_folder(depot::String) = joinpath(depot, ".frontend", "used")

const SECONDS_PER_DAY = 86_400

"Note that this build used these folders and files (relative to the depot)."
function note_used(depot::String, paths)
    folder = used_folder(depot)
    mkpath(folder)
    for path in paths
        touch(joinpath(folder, replace(path, '/' => '+')))
    end
end

"""
Remove packages, artifacts and compiled files that no build has used for `days` days; with 0, never. Once a day at most,
and after everything for the image is copied. Returns the bytes that were freed.
"""
function clean_cache(depot::String, days::Integer; now::Real = time())
    stamp = joinpath(depot, ".frontend", "cleaned")
    (days == 0 || now - mtime(stamp) < SECONDS_PER_DAY) && return 0
    touch(stamp)
    freed = 0
    for path in entries(depot)
        now - last_use(depot, path) > days * SECONDS_PER_DAY || continue
        freed += tree_bytes(joinpath(depot, path))
        remove_folder(depot, path)
        rm(joinpath(used_folder(depot), replace(path, '/' => '+')); force = true)
    end
    remove_orphaned_notes(depot)
    freed > 0 && say("Removed $(human_bytes(freed)) from the cache that no build used for $(plural(days, "day"))")
    return freed
end

"Remove what is noted of compiled files that are not there any more: `…+<file>` and `…+<file>+…`."
function remove_orphaned_notes(depot::String)
    present = Set{String}(basename(path) for path in entries(depot) if startswith(path, "compiled"))
    for folder in ("lazy", "scratch", "loaded")
        root = joinpath(depot, ".frontend", folder)
        for name in (isdir(root) ? readdir(root) : String[])
            any(part -> part in present, split(name, '+')) || rm(joinpath(root, name); recursive = true)
        end
    end
end

# Every build does this at its end, and notes what it finds: with functions of functions Julia infers for 0.2 s what takes 5 ms in loops.
"What can be removed by itself: package versions, artifacts and compiled files, relative to the depot."
function entries(depot::String)
    found = String[]
    for name in names_in(depot, "packages")
        append!(found, names_in(depot, name))
    end
    for name in names_in(depot, "artifacts")
        isdir(joinpath(depot, name)) && push!(found, name)
    end
    for version in names_in(depot, "compiled"), name in names_in(depot, version)
        append!(found, names_in(depot, name))
    end
    return found
end

"What is in a folder of the depot, relative to the depot."
function names_in(depot::String, folder::String)
    found = String[]
    isdir(joinpath(depot, folder)) || return found
    for name in readdir(joinpath(depot, folder))
        push!(found, joinpath(folder, name))
    end
    return found
end

# The time of the folder itself is fixed. A change time says when it was put there.
function last_use(depot::String, path::String)
    note = joinpath(used_folder(depot), replace(path, '/' => '+'))
    return max(isfile(note) ? mtime(note) : 0.0, lstat(joinpath(depot, path)).ctime)
end
