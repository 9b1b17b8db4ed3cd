# What gets a compiled file of its own, and in which order: packages and their extensions.

"A package or an extension of one."
struct Unit
    id::Base.PkgId
    "What a person calls it: `Tally`, or `Tally → TallyColoursExt` as Pkg writes it."
    name::String
    "UUID of the package that it is, or is an extension of."
    owner::Base.UUID
    "What has to be compiled before."
    dependencies::Vector{Base.PkgId}
    "Other extensions that an extension may load while it is compiled."
    extensions::Vector{Base.PkgId}
end

"Whether it is an extension, and not the package itself."
is_extension(unit::Unit) = unit.id.uuid != unit.owner

# The identity of an extension is made of its parent's (`insert_extension_triggers` in base/loading.jl).
extension_id(parent::Base.UUID, name::String) = Base.PkgId(Base.uuid5(parent, name), name)

"""
The units of these packages, each after those it depends on. Packages that depend on each other in a circle, as extensions can
make them, come in some order.
"""
function units_of(packages::Vector{ManifestPackage})
    by_uuid = Dict{Base.UUID,ManifestPackage}(package.uuid => package for package in packages)
    units = Unit[]
    extensions = Dict{Base.PkgId,Set{Base.PkgId}}()
    for package in packages
        id = id_of(package)
        needed = Base.PkgId[id_of(by_uuid[uuid]) for uuid in package.dependencies if haskey(by_uuid, uuid)]
        push!(units, Unit(id, package.name, package.uuid, needed, Base.PkgId[]))
        IS_1_5 && continue
        for (name, triggers) in package.extensions
            all(uuid -> haskey(by_uuid, uuid), triggers) || continue
            extension = extension_id(package.uuid, name)
            loaded_by = Base.PkgId[id; Base.PkgId[id_of(by_uuid[uuid]) for uuid in triggers]]
            extensions[extension] = Set(loaded_by)
            push!(units, Unit(extension, "$(package.name) → $name", package.uuid, loaded_by, Base.PkgId[]))
        end
    end
    order_extensions(units, extensions)
    return in_unit_order(units)
end

# As Base's and Pkg's own precompilation does: an extension with more triggers loads those with fewer, and a package that has all
# triggers of an extension among its dependencies loads it while it is compiled.
function order_extensions(units::Vector{Unit}, extensions::Dict{Base.PkgId,Set{Base.PkgId}})
    isempty(extensions) && return
    below = all_dependencies(units)
    for unit in units, (extension, triggers) in extensions
        unit.id == extension && continue
        if haskey(extensions, unit.id)
            triggers != extensions[unit.id] && issubset(triggers, extensions[unit.id]) || continue
            push!(unit.extensions, extension)
        else
            !(unit.id in triggers) && issubset(triggers, below[unit.id]) || continue
        end
        push!(unit.dependencies, extension)
    end
end

"Everything that each unit depends on, directly or not."
function all_dependencies(units::Vector{Unit})
    by_id = Dict{Base.PkgId,Unit}(unit.id => unit for unit in units)
    below = Dict{Base.PkgId,Set{Base.PkgId}}()
    function visit(unit)
        haskey(below, unit.id) && return below[unit.id]
        found = below[unit.id] = Set{Base.PkgId}()
        for id in unit.dependencies
            push!(found, id)
            haskey(by_id, id) && union!(found, visit(by_id[id]))
        end
        return found
    end
    foreach(visit, units)
    return below
end

function in_unit_order(units::Vector{Unit})
    by_id = Dict{Base.PkgId,Unit}(unit.id => unit for unit in units)
    ordered, visited = Unit[], Set{Base.PkgId}()
    function visit(unit)
        unit.id in visited && return
        push!(visited, unit.id)
        foreach(id -> haskey(by_id, id) && visit(by_id[id]), unit.dependencies)
        push!(ordered, unit)
    end
    foreach(visit, units)
    return ordered
end
