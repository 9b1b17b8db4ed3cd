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
    extensions::Dict{String,Any}
end

"UUIDs of a manifest's entries by name, a list for each: two packages can share a name."
const Names = Dict{String,Any}

"Every entry of a manifest, sorted by name. Reads format 1 (packages at top level) and 2 (packages under `deps`)."
function read_manifest(file::String)
    isfile(file) || return ManifestPackage[]
    packages = Any[]
    text = parse_toml(file)
    tables = haskey(text, "manifest_format") ? get(text, "deps", Names()) : text
    names = filter(name -> tables[name] isa Vector, sort!(collect(keys(tables))))
    by_name = Names()
    for name in names
        by_name[name] = uuids_of(tables[name])
    end
    for name in names
        of_name = packages_of(name, tables[name], by_name)
        length(of_name) == 1 || sort!(of_name; by = package -> string(package.uuid))
        append!(packages, of_name)
    end
    return vector_of(ManifestPackage, packages)
end

# Every build waits for this in two processes, for each package. Loops over vectors of anything, since this is interpreted: what collects a generator or merges
# dictionaries takes five times as long.
function uuids_of(entries::Vector)
    found = Any[]
    for entry in entries
        push!(found, Base.UUID(entry["uuid"]))
    end
    return found
end

function packages_of(name::String, entries::Vector, by_name::Names)
    found = Any[]
    for entry in entries
        push!(found, manifest_package(name, entry, by_name))
    end
    return found
end

function manifest_package(name::String, entry::AbstractDict, by_name::Names = Names())
    tree_hash = get(entry, "git-tree-sha1", nothing)
    dependencies = named_packages(get(entry, "deps", String[]), by_name)
    return ManifestPackage(
        name,
        Base.UUID(entry["uuid"]),
        get(entry, "version", nothing),
        tree_hash === nothing ? nothing : Base.SHA1(tree_hash),
        get(entry, "path", nothing),
        values_of(dependencies),
        haskey(entry, "extensions") ? extensions_of(entry, dependencies, by_name) : NO_EXTENSIONS,
    )
end

const NO_EXTENSIONS = Dict{String,Any}()

function extensions_of(entry::AbstractDict, dependencies::AbstractDict, by_name::Names)
    known = named_packages(get(entry, "weakdeps", String[]), by_name)
    for (name, uuid) in dependencies
        known[name] = uuid
    end
    return complete_extensions(entry, known)
end

"A UUID by each name, of what the manifest has. Pkg writes a list of names, or a table of UUIDs by name where a name would not do."
function named_packages(list::Vector, by_name::Names)
    found = Dict{String,Any}()
    for name in list
        haskey(by_name, name) && (found[name] = by_name[name][1])
    end
    return found
end

function named_packages(table::AbstractDict, by_name::Names)
    found = Dict{String,Any}()
    for (name, text) in table
        uuid = Base.UUID(text)
        haskey(by_name, name) && uuid in by_name[name] && (found[name] = uuid)
    end
    return found
end

function values_of(named::AbstractDict)
    found = Any[]
    for uuid in values(named)
        push!(found, uuid)
    end
    return vector_of(Base.UUID, found)
end

"The extensions of a manifest's entry or a Project.toml of which all triggers are known."
function complete_extensions(table::AbstractDict, known::AbstractDict)
    complete = Dict{String,Any}()
    for (extension, triggers) in get(table, "extensions", Dict{String,Any}())
        uuids = Base.UUID[]
        for name in (triggers isa Vector ? triggers : [triggers])
            haskey(known, name) ? push!(uuids, known[name]) : (uuids = nothing; break)
        end
        uuids === nothing || (complete[extension] = uuids)
    end
    return complete
end

"The packages in an order in which each comes after those it depends on."
in_dependency_order(packages::Vector{ManifestPackage}) = dependencies_first(packages, package -> package.uuid)

"""
Packages or units in an order in which each comes after those it depends on, in a circle in some order. `key` gives what the others
know one by.
"""
function dependencies_first(things::Vector, key::Function)
    by_key, visited = Lookup(), Lookup()
    for each in things
        by_key[key(each)] = each
    end
    ordered = Any[]
    function visit(each)
        haskey(visited, key(each)) && return
        visited[key(each)] = true
        for dependency in each.dependencies
            below = get(by_key, dependency, nothing)
            below === nothing || visit(below)
        end
        push!(ordered, each)
    end
    foreach(visit, things)
    return vector_of(eltype(things), ordered)
end

function by_uuid_of(packages::Vector{ManifestPackage})
    found = Lookup()
    for package in packages
        found[package.uuid] = package
    end
    return found
end

"""
The packages that can be compiled by themselves, and those that are in a folder of the project or depend on one that is: the
folders come with the project.
"""
function split_by_folders(packages::Vector{ManifestPackage})
    needs_folder = Lookup()
    for package in in_dependency_order(packages)
        needs_folder[package.uuid] = package.path !== nothing || any(uuid -> get(needs_folder, uuid, false), package.dependencies)
    end
    alone, with_folders = Any[], Any[]
    for package in packages
        push!(get(needs_folder, package.uuid, false) ? with_folders : alone, package)
    end
    return vector_of(ManifestPackage, alone), vector_of(ManifestPackage, with_folders)
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

"The build script of the package in this folder, which few packages have."
build_script(root::String) = joinpath(root, "deps", "build.jl")

build_script(depot::String, package::ManifestPackage) = build_script(joinpath(depot, package_folder(package)))

has_build_script(depot::String, package::ManifestPackage) = in_depot(package) && isfile(build_script(depot, package))
