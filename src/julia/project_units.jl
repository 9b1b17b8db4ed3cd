# What is compiled with the project: itself, the folders beside it, what depends on these, and extensions that need one of them.

const PROJECT_FILES = ("JuliaProject.toml", "Project.toml")

"""
The units that were not compiled in the dependency step. `compile` names packages (`Name=uuid`); `project` is the project's
folder, `manifest` the file, neither of which has to be there.
"""
function project_units(project::String, manifest::String, compile::Vector)
    packages = read_manifest(manifest)
    own = project_package(project, packages)
    own === nothing || any(package -> package.uuid == own.uuid, packages) || push!(packages, own)
    chosen = Set{Base.PkgId}(package_id(name) for name in compile)
    return filter(unit -> unit.id in chosen || is_extension_of(unit, chosen), units_of(packages))
end

"Whether a unit is an extension of one of these packages, or one that they trigger."
is_extension_of(unit::Unit, chosen::Set{Base.PkgId}) =
    unit.id.uuid != unit.owner && any(id -> id in chosen, unit.dependencies)

"The project as a package of its manifest, or `nothing` if it has no name."
function project_package(folder::String, packages::Vector{ManifestPackage})
    index = findfirst(name -> isfile(joinpath(folder, name)), collect(PROJECT_FILES))
    index === nothing && return nothing
    table = parse_toml(joinpath(folder, PROJECT_FILES[index]))
    haskey(table, "name") && haskey(table, "uuid") || return nothing
    present = Names(package.name => [package.uuid] for package in packages)
    dependencies = named_packages(get(table, "deps", Dict{String,Any}()), present)
    weak = named_packages(get(table, "weakdeps", Dict{String,Any}()), present)
    return ManifestPackage(table["name"], Base.UUID(table["uuid"]), nothing, nothing, folder,
        collect(Base.UUID, values(dependencies)), complete_extensions(table, merge(weak, dependencies)))
end
