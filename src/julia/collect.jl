# What leaves the build: three partial depots that hold exactly what the manifest needs, copied out of the cache.
#
#   artifacts/   artifacts/<tree hash>, artifacts/Overrides.toml
#   packages/    packages/<Name>/<slug>, scratchspaces/<uuid>
#   compiled/    compiled/v1.11/<Name>/<slug>_<slug>.ji and .so

"What one package takes in the image, in bytes."
mutable struct Share
    package::ManifestPackage
    source::Int
    artifacts::Int
    compiled::Int
end

"Copy what the packages need into the folders below `output`. Returns each package's share."
function collect_outputs(depot::String, output::String, packages::Vector{ManifestPackage}, loaded::Vector{Loaded})
    shares = [Share(package, 0, 0, 0) for package in packages if in_depot(package)]
    foreach(name -> mkpath(joinpath(output, name)), ("artifacts", "packages", "compiled"))
    collect_artifacts(depot, joinpath(output, "artifacts"), shares)
    collect_packages(depot, joinpath(output, "packages"), shares)
    collect_compiled(depot, joinpath(output, "compiled"), shares, loaded)
    foreach(name -> fix_folder_times(joinpath(output, name)), ("artifacts", "packages"))
    return shares
end

function collect_artifacts(depot::String, output::String, shares::Vector{Share})
    overrides = joinpath("artifacts", "Overrides.toml")
    isfile(joinpath(depot, overrides)) && copy_below(depot, output, overrides)
    copied = Set{String}()
    for share in shares, artifact in package_artifacts(joinpath(depot, package_folder(share.package)))
        folder = artifact_folder(artifact)
        isdir(joinpath(depot, folder)) && !(folder in copied) || continue
        push!(copied, folder)
        share.artifacts += copy_below(depot, output, folder)
    end
end

function collect_packages(depot::String, output::String, shares::Vector{Share})
    for share in shares
        share.source += copy_below(depot, output, package_folder(share.package))
        scratch = joinpath("scratchspaces", string(share.package.uuid))
        isdir(joinpath(depot, scratch)) && (share.source += copy_below(depot, output, scratch))
    end
end

# A package that no direct dependency loads is not among the loaded ones. A standard library that Julia brings compiled is used from Julia's own folder and is not below the depot.
function collect_compiled(depot::String, output::String, shares::Vector{Share}, loaded::Vector{Loaded})
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
        startswith(file, joinpath(depot, "compiled", "")) || continue
        bytes = sum(part -> copy_below(depot, output, relpath(part, depot)), compiled_parts(file))
        haskey(by_uuid, id.uuid) && (by_uuid[id.uuid].compiled += bytes)
    end
end

# Julia 1.9 and newer keep native code in a library beside the compiled file.
compiled_parts(file::String) = filter(isfile, [file, string(chop(file; tail = 3), ".so")])

"Copy one file or folder of the depot to the same place below `output`. Returns its bytes."
function copy_below(depot::String, output::String, relative::String)
    source, target = joinpath(depot, relative), joinpath(output, relative)
    isdir(source) && return copy_tree(source, target)
    mkpath(dirname(target))
    bytes = copy_file(source, target)
    set_time(target, floor(Int, stat(source).mtime))
    return bytes
end

"The folders that were made on the way down get the fixed time too, so that the layer is the same in every build."
function fix_folder_times(output::String)
    visit_tree(output) do path, _
        isdir(path) && !islink(path) && set_time(path, FIXED_TIME)
    end
    set_time(output, FIXED_TIME)
end
