# Which packages are compiled first, where more are ready than are compiled at once.

# Otherwise a package that takes long and others wait for is left for the end, where it is compiled alone. Starting a process and
# writing the file take a second, in which a package of a hundred thousand bytes is compiled (Julia 1.12).
"What compiling a unit costs, in bytes of source."
compile_cost(unit::Unit) = 100_000 + source_bytes(Base.locate_package(unit.id))

source_bytes(::Nothing) = 0
# An extension is a folder of its own, or a file beside other extensions.
source_bytes(entry::String) = basename(dirname(entry)) == "ext" ? filesize(entry) : tree_bytes(dirname(entry))

"""
The units, those first that begin the most expensive chain of units which wait for each other. Each comes after those it depends on:
its own chain is a part of theirs. `cost` gives a positive number for a unit.
"""
function longest_chain_first(units::Vector{Unit}, cost::Function = compile_cost)
    chains = Dict{Base.PkgId,Int}(unit.id => 0 for unit in units)
    # From the end, so that the chain of what waits for a unit is known.
    for unit in Iterators.reverse(units)
        chain = chains[unit.id] += cost(unit)
        for id in unit.dependencies
            haskey(chains, id) && (chains[id] = max(chains[id], chain))
        end
    end
    return sort(units; by = unit -> -chains[unit.id])
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
        slots.free += 1
        notify(slots.changed)
    end
end
