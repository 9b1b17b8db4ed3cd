# Compiled files for packages, made in processes of their own: the programs of the steps run interpreted (--compile=min), which
# compiled files must not inherit.

"A package that failed to precompile or to load, and its error."
struct Failure
    name::String
    error::String
end

"""
Precompile everything in the dependency environment. With `strict`, a package that fails ends the build with its name and
its error; without, it is named in a warning and the image compiles it whenever it is loaded. Returns the names of those.
"""
function precompile_packages(packages::Vector{ManifestPackage}, flags::Vector{String}, strict::Bool)
    # Julia 1.5's own Pkg.precompile stops at the first failure and knows no order.
    VERSION >= v"1.6" && return precompile_by_pkg(flags, strict)
    stale = filter(package -> in_depot(package) && is_stale(identity(package)), in_dependency_order(packages))
    isempty(stale) && (say("Everything is compiled already"); return String[])
    say("Compiling $(plural(length(stale), "package"))")
    compile_packages([string(package.name, '=', package.uuid) for package in stale], flags, strict)
end

function precompile_by_pkg(flags::Vector{String}, strict::Bool)
    command = `$(julia_command(flags)) $(program("precompiled.jl"))`
    success(pipeline(command; stdout = stdout, stderr = stderr)) && return String[]
    fail_or_warn("precompilation failed; the errors stand above.", strict)
    return String[]
end

"Compile packages (`Name=uuid`) one after the other, in the order given, unless they are compiled already. Returns the names of those that fail."
function compile_packages(names::Vector{String}, flags::Vector{String}, strict::Bool)
    report = tempname()
    command = `$(julia_command(flags)) $(program("compiled.jl")) $report $names`
    finished = success(pipeline(command; stdout = stdout, stderr = stderr))
    finished || throw(BuildError("the compiling Julia process ended before its work was done"))
    failures = [Failure(String(name), unescape_string(String(error))) for (name, error) in split.(eachline(report), '\t')]
    rm(report; force = true)
    isempty(failures) || report_failures(failures, "failed to precompile", strict)
    return [failure.name for failure in failures]
end

"Show every error in full, then name the packages and causes in few lines: BuildKit repeats the last lines of a failed step."
function report_failures(failures::Vector{Failure}, what::String, strict::Bool)
    foreach(failure -> say("\n$(failure.name):\n$(failure.error)\n"), failures)
    fail_or_warn(join(("$(failure.name) $what: $(first_line(failure.error))" for failure in failures), '\n'), strict)
end

"What went wrong, without the words that Julia puts before it."
first_line(error::String) = replace(String(first(split(error, '\n'))), r"^(ERROR: |LoadError: )+" => "")

function fail_or_warn(message::String, strict::Bool)
    strict && throw(BuildError("$message\nTo ship the image all the same, set strict = false under [precompile]."))
    say("WARNING: $message\nThe image compiles it whenever it is loaded.")
end
