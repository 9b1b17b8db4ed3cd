# Compiled files for packages.

"""
Precompile everything in the dependency environment. With `strict`, a package that fails ends the build with its name and
its error; without, it is named in a warning and the image compiles it whenever it is loaded. Returns the names of those.
"""
function precompile_packages(packages::Vector{ManifestPackage}, strict::Bool)
    # Julia 1.5's own Pkg.precompile stops at the first failure, knows no order, and compiles one package after the other.
    VERSION >= v"1.6" && return precompile_by_pkg(strict)
    stale = filter(package -> is_stale(identity(package)), filter(in_depot, in_dependency_order(packages)))
    say(isempty(stale) ? "Everything is compiled already" : "Compiling $(plural(length(stale), "package"))")
    compile_at_once(stale)
    return compile_packages(filter(is_stale, [identity(package) for package in stale]), strict)
end

"How many packages to compile at the same time: one for each processor, if there is memory for it."
function compile_tasks()
    chosen = tryparse(Int, get(ENV, "JULIA_NUM_PRECOMPILE_TASKS", ""))
    chosen === nothing || return max(chosen, 1)
    gigabytes = Int(Sys.free_memory() ÷ 1_000_000_000)
    return clamp(min(Sys.CPU_THREADS, gigabytes), 1, 16)
end

"""
Compile packages, given in dependency order, each as soon as those are done that it depends on. What fails stays as it is:
its error could not be told from what the others print.
"""
function compile_at_once(packages::Vector{ManifestPackage})
    places = Base.Semaphore(compile_tasks())
    running = Dict{String,Task}()
    started = 0
    function compile_after(package, dependencies)
        all(fetch, dependencies) || return false
        Base.acquire(places)
        try
            started += 1
            say("  compiling [$started/$(length(packages))] $(package.name)")
            Base.compilecache(identity(package))
            return true
        catch error
            error isa InterruptException && rethrow()
            return false
        finally
            Base.release(places)
        end
    end
    compile_all() = @sync for package in packages
        dependencies = [running[name] for name in package.dependencies if haskey(running, name)]
        running[package.name] = @async compile_after(package, dependencies)
    end
    open(io -> redirect_stderr(() -> compiled_as_usual(compile_all), io), tempname(), "w")
end

# Julia 1.6 and newer compile in parallel and show every error once, at the end. Everything is installed; without saying so
# Pkg would look for a registry (Julia 1.7 and newer).
function precompile_by_pkg(strict::Bool)
    options = VERSION >= v"1.7" ? (strict = true, already_instantiated = true) : (strict = true,)
    try
        compiled_as_usual(() -> pkg().precompile(; options...))
    catch error
        error isa InterruptException && rethrow()
        report_failures([Failure("The project", sprint(showerror, error))], "failed to precompile", strict)
    end
    return String[]
end

"Compile packages one after the other, in the order given. Returns the names of those that fail."
function compile_packages(ids::Vector{Base.PkgId}, strict::Bool)
    failures = Failure[]
    for (number, id) in enumerate(ids)
        # It may have been compiled on the way, as a dependency of an earlier one.
        is_stale(id) || continue
        say("  compiling [$number/$(length(ids))] $(id.name)")
        error = compile(id)
        error === nothing || push!(failures, Failure(id.name, error))
    end
    isempty(failures) || report_failures(failures, "failed to precompile", strict)
    return [failure.name for failure in failures]
end

"Compile one package, in a process of its own. Returns `nothing`, or the text of the error."
function compile(id::Base.PkgId)
    output = tempname()
    try
        open(io -> redirect_stderr(() -> compiled_as_usual(() -> Base.compilecache(id)), io), output, "w")
        return nothing
    catch error
        error isa InterruptException && rethrow()
        text = rstrip(read(output, String))
        return isempty(text) ? no_message(sprint(showerror, error)) : String(text)
    finally
        rm(output; force = true)
    end
end

# A process that the kernel ends for lack of memory has no last words.
no_message(error::String) =
    "$error\nIt said nothing; if the machine ran out of memory (exit code 137), lower `tasks` under [precompile]."
