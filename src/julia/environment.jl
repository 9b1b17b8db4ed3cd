# What the build was asked to do: the settings written by the frontend and the manifest of the environment.

# Julia 1.6 and newer parse TOML in Base. Julia 1.5 has a parser in Pkg only, which is part of its system image.
# Loading the TOML standard library is avoided: where it is not in the system image it would be precompiled first.
function parse_toml(file::String)
    VERSION >= v"1.6" && return Base.parsed_toml(file)
    return pkg().TOML.parsefile(file)
end

pkg() = Base.require(Base.PkgId(Base.UUID("44cfe95a-1eb2-52ea-b672-e2afdf69b78f"), "Pkg"))

"""
One entry of the manifest. `tree_hash` is the git tree hash that names the content, or `nothing` for standard libraries
and path dependencies; `path` is set for path dependencies only.
"""
struct ManifestPackage
    name::String
    uuid::Base.UUID
    version::Union{Nothing,String}
    tree_hash::Union{Nothing,Base.SHA1}
    path::Union{Nothing,String}
    "Names of the packages it depends on."
    dependencies::Vector{String}
    extensions::Vector{String}
end

"Every entry of a manifest, sorted by name. Reads format 1 (packages at top level) and 2 (packages under `deps`)."
function read_manifest(file::String)
    isfile(file) || return ManifestPackage[]
    text = parse_toml(file)
    tables = haskey(text, "manifest_format") ? get(text, "deps", Dict{String,Any}()) : text
    packages = ManifestPackage[]
    for (name, entries) in tables
        entries isa Vector || continue
        for entry in entries
            push!(packages, manifest_package(name, entry))
        end
    end
    return sort!(packages; by = package -> (package.name, string(package.uuid)))
end

function manifest_package(name::String, entry::AbstractDict)
    tree_hash = get(entry, "git-tree-sha1", nothing)
    return ManifestPackage(
        name,
        Base.UUID(entry["uuid"]),
        get(entry, "version", nothing),
        tree_hash === nothing ? nothing : Base.SHA1(tree_hash),
        get(entry, "path", nothing),
        dependency_names(get(entry, "deps", String[])),
        sort!(collect(String, keys(get(entry, "extensions", Dict{String,Any}())))),
    )
end

# A list of names, or a table of UUIDs by name where two packages share a name.
dependency_names(names::Vector) = Vector{String}(names)
dependency_names(table::AbstractDict) = collect(String, keys(table))

"The packages in an order in which each comes after those it depends on."
function in_dependency_order(packages::Vector{ManifestPackage})
    by_name = Dict(package.name => package for package in packages)
    ordered, visited = ManifestPackage[], Set{Base.UUID}()
    function visit(package)
        package.uuid in visited && return
        push!(visited, package.uuid)
        for name in package.dependencies
            haskey(by_name, name) && visit(by_name[name])
        end
        push!(ordered, package)
    end
    foreach(visit, packages)
    return ordered
end

"`Name=uuid`, as the frontend writes package identities, as a `Base.PkgId`."
function package_id(text::AbstractString)
    name, uuid = split(text, '=')
    return Base.PkgId(Base.UUID(String(uuid)), String(name))
end

identity(package::ManifestPackage) = Base.PkgId(package.uuid, package.name)

"Folder of a package inside the depot, e.g. `packages/Example/aqsx3`. Pkg names it by UUID and tree hash."
package_folder(package::ManifestPackage) =
    joinpath("packages", package.name, Base.version_slug(package.uuid, package.tree_hash))

"Packages whose source is kept in the depot, as opposed to standard libraries and path dependencies."
in_depot(package::ManifestPackage) = package.tree_hash !== nothing && package.path === nothing

"Path of a program that lies beside the running one."
program(name::String) = joinpath(dirname(abspath(PROGRAM_FILE)), name)

"A Julia process with the user's flags that interprets one of our programs: no start-up file, no history, plain output."
julia_command(flags::Vector{String}) =
    `$(joinpath(Sys.BINDIR, Base.julia_exename())) --compile=min --startup-file=no --history-file=no --color=no $flags`
