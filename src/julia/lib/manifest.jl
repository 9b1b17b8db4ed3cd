# The packages of an environment, as its manifest lists them.

"""
One entry of a manifest. `tree_hash` is the git tree hash that names the content, or `nothing` for standard libraries and path
dependencies; `path` is set for path dependencies only.
"""
struct ManifestPackage
    name::String
    uuid::Base.UUID
    version::Union{Nothing,String}
    tree_hash::Union{Nothing,Base.SHA1}
    path::Union{Nothing,String}
    "What it depends on, as far as the manifest has it."
    dependencies::Vector{Base.UUID}
    "Its extension modules, each with the packages that together load it. One that needs a package the manifest lacks is left out."
    extensions::Dict{String,Vector{Base.UUID}}
end

"UUIDs of a manifest's entries by name: two packages can share a name."
const Names = Dict{String,Vector{Base.UUID}}

"Every entry of a manifest, sorted by name. Reads format 1 (packages at top level) and 2 (packages under `deps`)."
function read_manifest(file::String)
    packages = ManifestPackage[]
    isfile(file) || return packages
    text = parse_toml(file)
    tables = haskey(text, "manifest_format") ? get(text, "deps", Dict{String,Any}()) : text
    entries = Pair{String,Any}[name => entry for (name, list) in tables if list isa Vector for entry in list]
    by_name = Names()
    for (name, entry) in entries
        push!(get!(by_name, name, Base.UUID[]), Base.UUID(entry["uuid"]))
    end
    for (name, entry) in entries
        push!(packages, manifest_package(name, entry, by_name))
    end
    return sort!(packages; by = package -> (package.name, string(package.uuid)))
end

# Every build waits for this in two processes. Where a loop does, Julia has nothing to infer for it at the first call: what makes a
# collection of a generator takes 50 ms then, and merging dictionaries 30.
function manifest_package(name::String, entry::AbstractDict, by_name::Names = Names())
    tree_hash = get(entry, "git-tree-sha1", nothing)
    dependencies = named_packages(get(entry, "deps", String[]), by_name)
    return ManifestPackage(
        name,
        Base.UUID(entry["uuid"]),
        get(entry, "version", nothing),
        tree_hash === nothing ? nothing : Base.SHA1(tree_hash),
        get(entry, "path", nothing),
        Base.UUID[uuid for (_, uuid) in dependencies],
        haskey(entry, "extensions") ? extensions_of(entry, dependencies, by_name) : Dict{String,Vector{Base.UUID}}(),
    )
end

extensions_of(entry::AbstractDict, dependencies::Dict{String,Base.UUID}, by_name::Names) =
    complete_extensions(entry, merge(named_packages(get(entry, "weakdeps", String[]), by_name), dependencies))

"UUIDs by name. Pkg writes a list of names, or a table of UUIDs by name where a name alone would not do."
function named_packages(list::Vector, by_name::Names)
    found = Dict{String,Base.UUID}()
    for name in list
        haskey(by_name, name) && (found[name] = by_name[name][1])
    end
    return found
end

function named_packages(table::AbstractDict, by_name::Names)
    known = Set{Base.UUID}(uuid for uuids in values(by_name) for uuid in uuids)
    pairs = Pair{String,Base.UUID}[name => Base.UUID(uuid) for (name, uuid) in table]
    return Dict{String,Base.UUID}(pair for pair in pairs if pair.second in known)
end

"The extensions of a manifest's entry or a Project.toml of which all triggers are known."
function complete_extensions(table::AbstractDict, known::Dict{String,Base.UUID})
    complete = Dict{String,Vector{Base.UUID}}()
    for (extension, triggers) in get(table, "extensions", Dict{String,Any}())
        all_triggers = triggers isa Vector ? triggers : [triggers]
        all(name -> haskey(known, name), all_triggers) || continue
        complete[extension] = Base.UUID[known[name] for name in all_triggers]
    end
    return complete
end

"The packages in an order in which each comes after those it depends on."
function in_dependency_order(packages::Vector{ManifestPackage})
    by_uuid = Dict{Base.UUID,ManifestPackage}(package.uuid => package for package in packages)
    ordered, visited = ManifestPackage[], Set{Base.UUID}()
    function visit(package)
        package.uuid in visited && return
        push!(visited, package.uuid)
        for uuid in package.dependencies
            haskey(by_uuid, uuid) && visit(by_uuid[uuid])
        end
        push!(ordered, package)
    end
    foreach(visit, packages)
    return ordered
end

"""
The packages that can be compiled by themselves, and those that are in a folder of the project or depend on one that is: the
folders come with the project.
"""
function split_by_folders(packages::Vector{ManifestPackage})
    with_folders = Set{Base.UUID}()
    for package in in_dependency_order(packages)
        if package.path !== nothing || any(uuid -> uuid in with_folders, package.dependencies)
            push!(with_folders, package.uuid)
        end
    end
    is_alone(package) = !(package.uuid in with_folders)
    return filter(is_alone, packages), filter(!is_alone, packages)
end

"The project file of a folder under the names that Julia looks for (`project_names` in base/loading.jl), or `nothing`."
function project_file(folder::String)
    for name in ("JuliaProject.toml", "Project.toml")
        isfile(joinpath(folder, name)) && return joinpath(folder, name)
    end
    return nothing
end

"A package as Base knows it."
id_of(package::ManifestPackage) = Base.PkgId(package.uuid, package.name)

"Folder of a package inside the depot, e.g. `packages/Example/aqsx3`. Pkg names it by UUID and tree hash."
package_folder(package::ManifestPackage) =
    joinpath("packages", package.name, Base.version_slug(package.uuid, package.tree_hash))

"Packages whose source is kept in the depot, as opposed to standard libraries and path dependencies."
in_depot(package::ManifestPackage) = package.tree_hash !== nothing && package.path === nothing
