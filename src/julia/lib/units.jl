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
    by_uuid = by_uuid_of(packages)
    found = Any[]
    extensions = Lookup()
    for package in packages
        id = id_of(package)
        push!(found, Unit(id, package.name, package.uuid, ids_of(package.dependencies, by_uuid), Base.PkgId[]))
        IS_1_5 && continue
        for (name, triggers) in package.extensions
            all(uuid -> haskey(by_uuid, uuid), triggers) || continue
            extension = extension_id(package.uuid, name)
            loaded_by = pushfirst!(ids_of(triggers, by_uuid), id)
            extensions[extension] = Set(loaded_by)
            push!(found, Unit(extension, "$(package.name) → $name", package.uuid, loaded_by, Base.PkgId[]))
        end
    end
    units = vector_of(Unit, found)
    isempty(extensions) && return in_unit_order(units)
    order_extensions(in_unit_order(units), extensions)
    return in_unit_order(units)
end

"Identities of packages, of those that the manifest has."
function ids_of(uuids::Vector{Base.UUID}, by_uuid::Lookup)
    found = Any[]
    for uuid in uuids
        package = get(by_uuid, uuid, nothing)
        package === nothing || push!(found, id_of(package))
    end
    return vector_of(Base.PkgId, found)
end

# As Base's and Pkg's own precompilation does: an extension with more triggers loads those with fewer, and a package that has all
# triggers of an extension among its dependencies loads it while it is compiled.
function order_extensions(units::Vector{Unit}, extensions::Lookup)
    # All before the first is added: what depends on an extension does not depend on its triggers by that.
    loading = Lookup()
    for (extension, triggers) in extensions
        loading[extension] = with_all_below(units, triggers)
    end
    for unit in units, (extension, triggers) in extensions
        unit.id == extension && continue
        own = get(extensions, unit.id, nothing)
        if own === nothing
            unit.id in loading[extension] || continue
        else
            own != triggers && issubset(triggers, own) || continue
            push!(unit.extensions, extension)
        end
        push!(unit.dependencies, extension)
    end
end

"What depends on each of these packages, directly or not."
function with_all_below(units::Vector{Unit}, ids::Set{Base.PkgId})
    found = Set{Base.PkgId}[]
    for id in ids
        push!(found, delete!(with_dependents(units, (id,)), id))
    end
    return intersect!(found...)
end

"""
These packages and everything that depends on one of them, directly or not. `units` come in an order in which each is after those it
depends on, as far as there is one. `leaves_out` says of a unit and of what it depends on that this does not count.
"""
function with_dependents(units::Vector{Unit}, ids, leaves_out::Function = (unit, id) -> false)
    found = Set{Base.PkgId}()
    for id in ids
        push!(found, id)
    end
    before = 0
    # Once more when something was found, for circles.
    while before != length(found)
        before = length(found)
        for unit in units
            is_dependent = false
            for id in unit.dependencies
                id in found && !leaves_out(unit, id) && (is_dependent = true)
            end
            is_dependent && push!(found, unit.id)
        end
    end
    return found
end

in_unit_order(units::Vector{Unit}) = dependencies_first(units, unit -> unit.id)
