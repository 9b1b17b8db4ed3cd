# What is compiled with the project: itself, the folders beside it, what depends on these, and extensions that need one of them.

"""
The units that were not compiled in the dependency step. `compile` names packages that are among them, `direct` the direct
dependencies (`Name=uuid`); `project` is the project's folder, `manifest` the file, neither of which has to be there.
"""
function project_units(project::String, manifest::String, compile::Vector, direct::Vector)
    isempty(compile) && return Unit[]
    packages = read_manifest(manifest)
    own = project_package(project, packages)
    own === nothing || any(package -> package.uuid == own.uuid, packages) || push!(packages, own)
    chosen = Set{Base.PkgId}(package_id(name) for name in compile)
    packages = reachable(packages, Set{Base.UUID}(package_id(name).uuid for name in [compile; direct]))
    # The units come in order: an extension of one of these, or one that they trigger, and what depends on them.
    return filter(units_of(packages)) do unit
        is_chosen = unit.id in chosen || any(id -> id in chosen, unit.dependencies)
        is_chosen && push!(chosen, unit.id)
        is_chosen
    end
end

# The manifest of a workspace has the other members too, whose sources may be here and whose dependencies are not.
"The packages that these need, directly or not, and these."
function reachable(packages::Vector{ManifestPackage}, wanted::Set{Base.UUID})
    for package in reverse(in_dependency_order(packages))
        package.uuid in wanted && union!(wanted, package.dependencies)
    end
    return filter(package -> package.uuid in wanted, packages)
end

"The project as a package of its manifest, or `nothing` if it has no name."
function project_package(folder::String, packages::Vector{ManifestPackage})
    file = project_file(folder)
    file === nothing && return nothing
    table = parse_toml(file)
    haskey(table, "name") && haskey(table, "uuid") || return nothing
    present = Names(package.name => [package.uuid] for package in packages)
    dependencies = named_packages(get(table, "deps", Dict{String,Any}()), present)
    weak = named_packages(get(table, "weakdeps", Dict{String,Any}()), present)
    return ManifestPackage(table["name"], Base.UUID(table["uuid"]), nothing, nothing, folder,
        values_of(dependencies), complete_extensions(table, merge(weak, dependencies)))
end
