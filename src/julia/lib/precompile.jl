# Compiled files for packages and extensions.
#
# Pkg's own precompilation differs from version to version in what it compiles, in how it says so, and in what it does about
# memory and failures. `Base.compilecache`, which it calls for each package, is the same in all of them up to 1.13.

"""
Compile stale units, several at the same time, each as soon as those are done that it depends on. They come in an order in which
each is after those it depends on. Returns what failed; what depends on that is left alone.
"""
function compile_units(stale::Vector{Unit})
    isempty(stale) && (say("Everything is compiled already"); return Failure[])
    say("Compiling $(plural(length(stale), "package"))")
    failures = Failure[]
    work() = compile_at_once(stale, failures)
    IS_1_5 ? compile_at_once_1_5(work, failures) : work()
    return failures
end

"Units that are stale or depend on one that is: compiled files name the exact ones of what they use."
function stale_units(units::Vector{Unit})
    ids, memory = Set{Base.PkgId}(), StaleMemory()
    for unit in units
        if any(id -> id in ids, unit.dependencies) ? is_compilable(unit.id) : is_stale(unit.id, memory)
            push!(ids, unit.id)
        end
    end
    return filter(unit -> unit.id in ids, units)
end

function compile_at_once(units::Vector{Unit}, failures::Vector{Failure})
    places = Base.Semaphore(compile_tasks())
    running = Dict{Base.PkgId,Task}()
    started = 0
    function compile_after(unit, before)
        # The units come in order, so none waits for one that waits for it.
        all(fetch, before) || return false
        # It may have been compiled on the way, while another was.
        is_stale(unit.id) || return true
        Base.acquire(places)
        try
            started += 1
            say("  compiling [$started/$(length(units))] $(unit.name)")
            error = compile(unit)
            error === nothing || push!(failures, Failure(unit.name, unit.id, error))
            return error === nothing
        finally
            Base.release(places)
        end
    end
    @sync for unit in units
        before = Task[running[id] for id in unit.dependencies if haskey(running, id)]
        running[unit.id] = @async compile_after(unit, before)
    end
end

"Compile one unit, in a process of its own. Returns `nothing`, or the text of the error."
compile(unit::Unit) = compiling_error(io -> compile_with_output(unit, io), unit.name)

"Do `work`, which compiles a package and has its output written to a file. Returns `nothing`, or the text of the error."
function compiling_error(work::Function, name::String)
    output = tempname()
    try
        open(work, output, "w")
        show_output(name, output)
        return nothing
    catch error
        error isa InterruptException && rethrow()
        text = rstrip(read(output, String))
        return isempty(text) ? no_message(sprint(showerror, error)) : String(text)
    finally
        rm(output; force = true)
    end
end

# Julia 1.11 and newer load only those extensions that they are told of while they compile an extension: another one may be
# waiting for this one.
function compile_with_output(unit::Unit, io::IO)
    IS_1_5 && return compiled_as_usual(() -> Base.compilecache(unit.id))
    VERSION >= v"1.11" || return compiled_as_usual(() -> Base.compilecache(unit.id, io, io))
    loadable_exts = is_extension(unit) ? unit.extensions : nothing
    return compiled_as_usual(() -> Base.compilecache(unit.id, io, io; loadable_exts = loadable_exts))
end

"A warning that a package prints while it is compiled is printed never again."
function show_output(name::String, output::String)
    text = rstrip(read(output, String))
    isempty(text) || say("  $name said:\n    $(replace(text, '\n' => "\n    "))")
end

# A process that the kernel ends for lack of memory has no last words.
no_message(error::String) =
    "$error\nIt said nothing; if the machine ran out of memory (exit code 137), lower `tasks` under [precompile]."
