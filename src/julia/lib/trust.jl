# Trust in what the cache holds. The cache is shared with other builds and survives crashes, so a package or artifact folder
# is used only after its content gave the git tree hash that names it. That is done once per folder: what the folder looked
# like then is noted beside it, and as long as it still looks the same it is not read again.

include("tree_hash.jl")

"Where notes about checked folders are kept, inside the cache and outside everything that Julia reads."
notes_folder(depot::String) = joinpath(depot, ".frontend", "checked")

note_file(depot::String, folder::String) = joinpath(notes_folder(depot), replace(folder, '/' => '+'))

# The change time is part of it: it moves with every write, even one that keeps size and modification time.
"What a folder looks like without reading its files: every path with its mode, size, modification and change time."
appearance(root::String) = compiled_as_usual(() -> looks_of_tree(root))

# The checksum is asked of the runtime: putting the values into a text has more compiled than all the rest of it.
function looks_of_tree(root::String)
    checksum = Ref(UInt32(0))
    look = Vector{UInt64}(undef, 4)
    visit_tree(root) do path, relative
        status = lstat(path)
        look[1] = status.mode
        look[2] = isdir(status) ? 0 : status.size
        look[3] = reinterpret(UInt64, status.mtime)
        look[4] = reinterpret(UInt64, status.ctime)
        # With the zero that ends it.
        checksum[] = ccall(:jl_crc32c, UInt32, (UInt32, Ptr{UInt8}, Csize_t), checksum[], relative, sizeof(relative) + 1)
        checksum[] = ccall(:jl_crc32c, UInt32, (UInt32, Ptr{UInt64}, Csize_t), checksum[], look, sizeof(look))
    end
    return string(checksum[]; base = 16)
end

"Note that a folder (relative to the depot) holds what its name says."
function note_checked(depot::String, folder::String)
    file = note_file(depot, folder)
    mkpath(dirname(file))
    write_whole(file, appearance(joinpath(depot, folder)))
    return nothing
end

function is_noted(depot::String, folder::String)
    file = note_file(depot, folder)
    return isfile(file) && read(file, String) == appearance(joinpath(depot, folder))
end

"""
Whether a folder of the depot is there and holds the tree that `expected` names. A folder that does not is removed, so that
it is installed again. Returns `true` for a good folder.
"""
function check_folder(depot::String, folder::String, expected::Base.SHA1)
    path = joinpath(depot, folder)
    isdir(path) || return false
    is_noted(depot, folder) && return true
    found = startswith(folder, "artifacts/") ? large_tree_hash(path) : tree_hash(path)
    if found == expected
        fix_times(path)
        note_checked(depot, folder)
        return true
    end
    say("The cache held another $folder than its name promises: it is installed again.")
    remove_folder(depot, folder)
    return false
end

"""
Put a folder of temporary files where the depot is to have `folder`, if its content gives the tree hash `expected` by `hash`. Returns
whether it does.
"""
function put_in_depot(unpacked::String, depot::String, folder::String, expected::Base.SHA1, hash::Function)
    hash(unpacked) == expected || return false
    target = joinpath(depot, folder)
    mkpath(dirname(target))
    fix_times(unpacked)
    # TMPDIR is inside the cache, so this is one atomic rename: an interrupted build leaves nothing half-done.
    mv(unpacked, target; force = true)
    note_checked(depot, folder)
    return true
end

function remove_folder(depot::String, folder::String)
    rm(note_file(depot, folder); force = true)
    rm(joinpath(depot, folder); force = true, recursive = true)
end
