# What leaves the build: file systems to be laid over the image, each with exactly what the manifest needs of one kind, copied
# out of the cache.
#
#   artifacts-<n>/<depot>/artifacts/<tree hash>
#   packages-<n>/<depot>/packages/<Name>/<slug>, what build scripts made
#   packages-<n>/<user depot>/scratchspaces/<uuid>: links into the depot
#   compiled-<n>/<depot>/compiled/v1.11/<Name>/<slug>_<slug>.ji and .so, scratchspaces/<uuid>
#   small-<n>/<depot>/packages, compiled and scratchspaces: the same of small packages

"What one package takes in the image, in bytes."
mutable struct Share
    package::ManifestPackage
    source::Int
    artifacts::Int
    compiled::Int
    "Tree hashes of the artifacts that it uses, in hexadecimal."
    artifact_hashes::Vector{String}
    "SPDX name of its licence, if that is known."
    licence::Union{Nothing,String}
end

"The shares of these packages, of which nothing is copied yet."
shares_of(place::Place, packages::Vector{ManifestPackage}) =
    Share[Share(package, 0, 0, 0, String[], licence_of(joinpath(place.depot, package_folder(package)))) for package in packages if in_depot(package)]

# Packages can change their own folders while they are compiled and loaded.
"Copy everything but artifacts into the folders of the output, and add to the shares what it takes."
function collect_outputs(place::Place, shares::Vector{Share}, files::Vector{CompiledFile})
    collect_packages(place, shares, files)
    collect_scratch_spaces(place, shares)
    collect_made_folders(place)
    collect_compiled(place, shares, files)
end

# No layer is empty: a build that takes the layers of another image counts them.
function make_part_folders(place::Place)
    for kind in fieldnames(Layers), number in 1:getfield(place.layers, kind)
        make_folders(in_output(part(place, kind, number), joinpath(place.depot, kind == :small ? "packages" : string(kind))))
    end
    spaces = in_output(last_part(place, :packages), joinpath(place.user_depot, "scratchspaces"))
    make_folders(spaces)
end

function collect_artifacts(place::Place, shares::Vector{Share}, lazy::Set{String})
    users = Dict{String,Share}()
    for share in shares, artifact in needed_artifacts(place.depot, share.package, lazy)
        folder = artifact_folder(artifact)
        push!(share.artifact_hashes, basename(folder))
        get!(users, folder, share)
    end
    isempty(users) && return
    start = time()
    for (number, folder) in enumerate(largest_first(place.depot, keys(users)))
        users[folder].artifacts += copy_below(part(place, :artifacts, min(number, place.layers.artifacts)), folder)
    end
    bytes = human_bytes(sum(share.artifacts for share in shares))
    say("  copied $(plural(length(users), "artifact")), $bytes, in $(round(time() - start; digits = 1)) s")
end

"Folders of the depot by size; a small one that is added moves no large one to another layer."
largest_first(depot::String, folders) = sort!(collect(folders); by = folder -> (-tree_bytes(joinpath(depot, folder)), folder))

# How large its sources are shows only when they are copied. A package with much compiled code has many of them too, as a rule.
function collect_packages(place::Place, shares::Vector{Share}, files::Vector{CompiledFile})
    bytes = largest_files(files)
    for share in shares
        uuid = share.package.uuid
        share.source += copy_below(part_of_package(place, :packages, uuid, get(bytes, uuid, 0)), package_folder(share.package))
    end
end

"The size of the largest compiled file of each package, with its native code."
function largest_files(files::Vector{CompiledFile})
    largest = Lookup()
    for file in files
        largest[file.owner] = max(get(largest, file.owner, 0), sum(filesize, with_native_code(file.path)))
    end
    return largest
end

# A folder that every user could write to, in front of the depot, would let one of them run code as another. Scratch spaces too are
# the image's user's: what is in them may be run.
"Give the writable depot and the scratch spaces to the image's user."
function give_to_user(place::Place, user::Identity)
    for each in all_parts(place)
        give(in_output(each, place.user_depot), user; recursive = true)
        give(in_output(each, joinpath(place.depot, "scratchspaces")), user; recursive = true)
    end
end

# Scratch.jl knows only the first depot, which in the image is the writable one. A path that a package noted when it was
# compiled is in the depot of the build. So the content is there, and the writable depot links to it. It comes of compiling and loading,
# and has times of its own: beside the sources it would make their layer another one whenever a cache is filled.
function collect_scratch_spaces(place::Place, shares::Vector{Share})
    links = in_output(last_part(place, :packages), joinpath(place.user_depot, "scratchspaces"))
    for share in shares
        folder = joinpath("scratchspaces", string(share.package.uuid))
        isdir(joinpath(place.depot, folder)) || continue
        bytes = tree_bytes(joinpath(place.depot, folder))
        share.source += copy_below(part_of_package(place, :compiled, share.package.uuid, bytes), folder)
        symlink(joinpath(place.depot, folder), joinpath(links, string(share.package.uuid)))
    end
end

function collect_made_folders(place::Place)
    for name in made_folders(place.depot)
        bytes = copy_below(last_part(place, :packages), name)
        say("Build scripts left $name in the depot ($(human_bytes(bytes))); it is in the image too")
    end
end

# The writable depot is where Pkg looks first, and where it can bring them up to date.
"Put the registries of this build into the image, for adding packages in a container."
collect_registries(place::Place, sources::Sources) =
    copy_registries(place.depot, in_output(last_part(place, :packages), joinpath(place.user_depot, "registries")), sources)

# A standard library that Julia brings compiled is used from Julia's own folder and is not below the depot.
function collect_compiled(place::Place, shares::Vector{Share}, files::Vector{CompiledFile})
    by_uuid = Dict(share.package.uuid => share for share in shares)
    for file in files
        startswith(file.path, joinpath(place.depot, "compiled", "")) || continue
        share = get(by_uuid, file.owner, nothing)
        copied = with_native_code(file.path)
        bytes = sum(filesize, copied)
        target = share === nothing ? top_part(place) : part_of_package(place, :compiled, file.owner, bytes)
        foreach(each -> copy_below(target, relpath(each, place.depot)), copied)
        mark_finished(place, target, file)
        share === nothing || (share.compiled += bytes)
    end
end

# Without it, a build that starts from this image would compile again every package that made a scratch space when it was loaded.
"Put into the image that a package with a scratch space left nothing when it was compiled into this file."
function mark_finished(place::Place, target::Part, file::CompiledFile)
    kept = scratch_copy(place.depot, file.owner, file.path)
    has_space = isdir(joinpath(place.depot, "scratchspaces", string(file.owner)))
    has_space && isdir(kept) && isempty(readdir(kept)) && make_folders(in_output(target, kept))
end

# Julia 1.9 and newer keep native code in a library beside the compiled file.
with_native_code(file::String) = filter(isfile, [file, string(chop(file; tail = 3), ".so")])

"What is left to do when everything is copied: the record, owners, times, and the note of what was used."
function finish_outputs(place::Place, shares::Vector{Share}, user::Identity)
    write_record(in_output(top_part(place), joinpath(place.depot, "depot.json")), shares)
    give_to_user(place, user)
    finish_output(place.output)
    note_used(place.depot, used_paths(place))
end
