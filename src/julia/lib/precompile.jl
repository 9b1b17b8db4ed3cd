# Compiled files for packages and extensions.
#
# Pkg's own precompilation differs from version to version in what it compiles, in how it says so, and in what it does about
# memory and failures. `Base.compilecache`, which it calls for each package, is the same in all of them up to 1.13.

"""
Compile stale units, several at the same time, each as soon as those are done that it depends on. They come in an order in which
each is after those it depends on. `begun` has tasks that compile some of them already and give what `compile_package` returns.
Returns what failed; what depends on that is left alone.
"""
function compile_units(stale::Vector{Unit}, begun::Dict{Base.PkgId,Task} = Dict{Base.PkgId,Task}())
    isempty(stale) && isempty(begun) && say("Everything is compiled already")
    left = count(unit -> !haskey(begun, unit.id), stale)
    left == 0 || say("Compiling $(plural(left, "package"))")
    failures = Failure[]
    work() = compile_at_once(stale, begun, left, failures)
    IS_1_5 ? compile_at_once_1_5(work, failures) : work()
    return failures
end

"Units that are stale or depend on one that is: compiled files name the exact ones of what they use."
function stale_units(units::Vector{Unit}, memory::StaleMemory = StaleMemory())
    ids = Set{Base.PkgId}()
    for unit in units
        if any(id -> id in ids, unit.dependencies) ? is_compilable(unit.id) : is_stale(unit.id, memory)
            push!(ids, unit.id)
        end
    end
    return filter(unit -> unit.id in ids, units)
end

function compile_at_once(units::Vector{Unit}, begun::Dict{Base.PkgId,Task}, left::Int, failures::Vector{Failure})
    slots = Slots(compile_tasks())
    running = Dict{Base.PkgId,Task}()
    started = 0
    function has_succeeded(unit, error)
        error === nothing || push!(failures, Failure(unit.name, unit.id, error))
        return error === nothing
    end
    function compile_now(unit)
        started += 1
        say("  compiling [$started/$left] $(unit.name)")
        return has_succeeded(unit, compile(unit))
    end
    function compile_after(unit, number, before)
        # The units come in order, so none waits for one that waits for it.
        all(fetch, before) || return false
        # It may have been compiled on the way, while another was.
        return !is_stale(unit.id) || with_slot(() -> compile_now(unit), slots, number)
    end
    @sync for (number, unit) in enumerate(longest_chain_first(units))
        before = Task[running[id] for id in unit.dependencies if haskey(running, id)]
        running[unit.id] = haskey(begun, unit.id) ?
            @async(has_succeeded(unit, fetch(begun[unit.id]))) : @async(compile_after(unit, number, before))
    end
end

compile(unit::Unit) = compile_package(unit.id, unit.name; loadable_exts = is_extension(unit) ? unit.extensions : nothing)
