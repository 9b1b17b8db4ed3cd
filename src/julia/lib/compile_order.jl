# Which packages are compiled first, where more are ready than are compiled at once.

# Otherwise a package is left for the end that others wait for, and they are compiled one after the other while processors idle. How
# long a package takes is not known before, and its size says little: of 12 packages of an HTTP service, two of a tenth of the sources
# take the longest. They run a workload while they are compiled. So the chain decides, in which what runs one counts for several, and
# the size of the sources only where that is the same.
"""
The units, those first that begin the longest chain of units which wait for each other, and of these the larger ones. Each comes after
those it depends on, whose chains are longer. `bytes` gives the size of a unit's sources, `weight` what it counts for in a chain.
"""
function longest_chain_first(units::Vector{Unit}, bytes::Function = source_bytes, weight::Function = chain_weight)
    length(units) < 2 && return units
    chains, sizes, weights = Lookup(), Lookup(), Lookup()
    for unit in units
        weights[unit.id], sizes[unit.id] = weight(unit), bytes(unit)
        chains[unit.id] = weights[unit.id]
    end
    # From the end, so that the chain of what waits for a unit is known.
    for unit in Iterators.reverse(units), id in unit.dependencies
        haskey(chains, id) && (chains[id] = max(chains[id], chains[unit.id] + weights[id]))
    end
    return sort(units; by = unit -> (-chains[unit.id], -sizes[unit.id]))
end

chain_weight(unit::Unit) = runs_workload(unit) ? 5 : 1

# PrecompileTools, and SnoopPrecompile before it, have the macros for that, and the preference that turns a package's own off.
"Whether a package runs a workload while it is compiled, as far as its dependencies tell."
function runs_workload(unit::Unit)
    any(id -> id.name == "PrecompileTools" || id.name == "SnoopPrecompile", unit.dependencies) || return false
    return IS_1_5 || get(Base.get_preferences(unit.id.uuid), "precompile_workload", true) !== false
end

function source_bytes(unit::Unit)
    entry = Base.locate_package(unit.id)
    entry === nothing && return 0
    # An extension is a folder of its own, or a file beside other extensions.
    return basename(dirname(entry)) == "ext" ? filesize(entry) : tree_bytes(dirname(entry))
end

"Slots of which each is for one at a time."
mutable struct Slots
    free::Int
    "Numbers of those that wait for one."
    waiting::Vector{Int}
    changed::Base.Condition
end

Slots(count::Int) = Slots(count, Int[], Base.Condition())

"Run `work` as soon as a slot is free which nobody with a lower number waits for."
function with_slot(work::Function, slots::Slots, number::Int)
    push!(slots.waiting, number)
    while slots.free == 0 || number != minimum(slots.waiting)
        wait(slots.changed)
    end
    filter!(!=(number), slots.waiting)
    slots.free -= 1
    # Another one may be free, for the next.
    notify(slots.changed)
    try
        return work()
    finally
        schedule(Task(() -> give_back(slots)))
    end
end

# What waits for the task that had the slot learns of its end only then, and is to be among those that the slot is given to.
function give_back(slots::Slots)
    yield()
    slots.free += 1
    notify(slots.changed)
end
