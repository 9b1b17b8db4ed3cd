# What leaves the build: three file systems to be laid over the image, each with exactly what the manifest needs of one kind,
# copied out of the cache.
#
#   artifacts/<depot>/artifacts/<tree hash>, Overrides.toml
#   packages/<depot>/packages/<Name>/<slug>, scratchspaces/<uuid>
#   packages/<user depot>/scratchspaces/<uuid>: links into the depot
#   compiled/<depot>/compiled/v1.11/<Name>/<slug>_<slug>.ji and .so

"Where the depot and its writable neighbour are in the cache and the image, and where one kind of output is laid out."
struct Place
    depot::String
    user_depot::String
    output::String
end

in_output(place::Place, path::String) = string(place.output, path)

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

const OUTPUTS = ("artifacts", "packages", "compiled")

"Copy what the packages need into the folders of the output. Returns each package's share."
function collect_outputs(place::Place, packages::Vector{ManifestPackage}, loaded::Vector{Loaded}, with_lazy::Bool)
    shares = [Share(package, 0, 0, 0, String[], licence_of(joinpath(place.depot, package_folder(package))))
              for package in packages if in_depot(package)]
    part(name) = Place(place.depot, place.user_depot, joinpath(place.output, name))
    collect_artifacts(part("artifacts"), shares, with_lazy)
    collect_packages(part("packages"), shares)
    collect_scratch_spaces(part("packages"), shares)
    collect_compiled(part("compiled"), shares, loaded)
    return shares
end

"Give folders and links the fixed time, so that a layer of the same content is the same in every build."
function finish_output(output::String)
    visit_tree(output) do path, _
        (isdir(path) || islink(path)) && set_time(path, FIXED_TIME)
    end
end

"What of the cache is in the output: package versions, artifacts and compiled files, relative to the depot."
function used_paths(place::Place)
    return reduce(vcat, (entries(string(joinpath(place.output, name), place.depot)) for name in OUTPUTS))
end

function collect_artifacts(place::Place, shares::Vector{Share}, with_lazy::Bool)
    make_folders(in_output(place, joinpath(place.depot, "artifacts")))
    overrides = joinpath("artifacts", "Overrides.toml")
    isfile(joinpath(place.depot, overrides)) && copy_below(place, overrides)
    copied = Set{String}()
    for share in shares, artifact in needed_artifacts(place.depot, share.package, with_lazy)
        folder = artifact_folder(artifact)
        push!(share.artifact_hashes, basename(folder))
        folder in copied && continue
        push!(copied, folder)
        share.artifacts += copy_below(place, folder)
    end
end

function collect_packages(place::Place, shares::Vector{Share})
    make_folders(in_output(place, joinpath(place.depot, "packages")))
    for share in shares
        share.source += copy_below(place, package_folder(share.package))
    end
end

# Scratch.jl knows only the first depot, which in the image is the writable one. A path that a package noted when it was
# compiled is in the depot of the build. So the content is there, and the writable depot links to it.
function collect_scratch_spaces(place::Place, shares::Vector{Share})
    links = in_output(place, joinpath(place.user_depot, "scratchspaces"))
    make_folders(dirname(links), SHARED)
    make_folders(links, SHARED)
    for share in shares
        folder = joinpath("scratchspaces", string(share.package.uuid))
        isdir(joinpath(place.depot, folder)) || continue
        share.source += copy_below(place, folder, SHARED)
        symlink(joinpath(place.depot, folder), joinpath(links, string(share.package.uuid)))
    end
end

# The writable depot is where Pkg looks first, and where it can bring them up to date.
"Put the registries of this build into the image, for adding packages in a container."
function collect_registries(place::Place, sources::Sources)
    target = string(joinpath(place.output, "packages"), joinpath(place.user_depot, "registries"))
    with_registries(place.depot, sources) do
        registries = joinpath(place.depot, "registries")
        has_general(registries) || sources.offline || add_general()
        isdir(registries) || return
        say("Copying the registries")
        copy_tree(registries, target, SHARED)
        fix_times(target)
    end
end

# A package that no direct dependency loads is not among the loaded ones. A standard library that Julia brings compiled is used from Julia's own folder and is not below the depot.
function collect_compiled(place::Place, shares::Vector{Share}, loaded::Vector{Loaded})
    by_uuid = Dict(share.package.uuid => share for share in shares)
    files = Dict(entry.id => entry.file for entry in loaded if entry.file !== nothing)
    for share in shares
        id = identity(share.package)
        source = haskey(files, id) ? nothing : Base.locate_package(id)
        source === nothing && continue
        file = fresh_compiled_file(id, source)
        file === nothing || (files[id] = file)
    end
    for (id, file) in files
        startswith(file, joinpath(place.depot, "compiled", "")) || continue
        bytes = sum(part -> copy_below(place, relpath(part, place.depot)), compiled_parts(file))
        haskey(by_uuid, id.uuid) && (by_uuid[id.uuid].compiled += bytes)
    end
end

# Julia 1.9 and newer keep native code in a library beside the compiled file.
compiled_parts(file::String) = filter(isfile, [file, string(chop(file; tail = 3), ".so")])

"Copy one file or folder of the depot to the same place in the output. Returns its bytes."
function copy_below(place::Place, relative::String, access::Access = READ_ONLY)
    source = joinpath(place.depot, relative)
    target = in_output(place, source)
    isdir(source) && return copy_tree(source, target, access)
    make_folders(dirname(target))
    bytes = copy_file(source, target, access)
    set_time(target, floor(Int, stat(source).mtime))
    return bytes
end
