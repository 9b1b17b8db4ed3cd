# Keeping what the workload compiles: the last part of the application step.

"Run the workload and put what it compiled into the depot that the image gets."
function keep_workload(settings::AbstractDict, own_depot::String)
    script = settings["workload"]
    isempty(script) && return
    check_workload(script)
    folder = settings["startup"]
    write_startup(folder, script, to_load(settings))
    command = workload_command(folder, [settings["user-depot"], own_depot, settings["depot"]])
    seconds = @elapsed lines = run_with_limit(command, settings["workload-timeout"], script)
    if lines isa String
        forget_startup(folder)
        return fail_or_warn(lines, settings["strict"], "The image starts without it.")
    end
    bytes = startup_bytes(settings["user-depot"])
    move_compiled(settings["user-depot"], own_depot)
    check_startup(settings, own_depot)
    tell_what_was_kept(script, lines, bytes, seconds)
end

function check_workload(script::String)
    VERSION >= v"1.10" ||
        throw(BuildError("workload under [precompile] needs Julia 1.10 or newer, which keep what it compiles; this is $VERSION"))
    isfile(script) || throw(BuildError("the workload $script is not in the image"))
    Base.locate_package(PRECOMPILE_TOOLS) === nothing && throw(BuildError("""
        workload under [precompile] needs the package PrecompileTools, which marks what is compiled as worth keeping.
        Add it to the project: julia --project -e 'using Pkg; Pkg.add("PrecompileTools")'"""))
    get(Base.get_preferences(PRECOMPILE_TOOLS.uuid), "precompile_workloads", true) && return
    throw(BuildError("""
        the preference precompile_workloads of PrecompileTools is false, with which no workload is run, that under [precompile] neither.
        For packages to leave out theirs, give those precompile_workload = false instead, and list them under [extras] of Project.toml."""))
end

# The options of the running process are handed on as they are now. The empty depot stands for Julia's own.
function workload_command(folder::String, depots::Vector{String})
    julia = compiled_as_usual(Base.julia_cmd)
    command = `$julia --startup-file=no --history-file=no --color=no $(program("run_workload.jl")) $folder`
    return addenv(command, "JULIA_DEPOT_PATH" => join([depots; ""], ':'))
end

"""
Run a command for at most so many seconds, and show what it prints as it comes. Returns its lines, or the text of what went wrong.
"""
function run_with_limit(command::Cmd, limit::Integer, script::String)
    say("Running the workload $script")
    output = Pipe()
    # A process group of its own, so that the process that it compiles in ends with it.
    process = run(pipeline(ignorestatus(detach(command)); stdout = output, stderr = output); wait = false)
    close(output.in)
    is_over = Ref(false)
    # What left the group would keep the pipe open.
    timer = Timer(_ -> (is_over[] = true; end_group(process); close(output)), limit)
    lines = String[]
    for line in eachline(output)
        push!(lines, line)
        startswith(line, METHODS_MARK) || say("  $line")
    end
    wait(process)
    close(timer)
    is_over[] && return "the workload $script took longer than $limit s, which is workload-timeout under [precompile]"
    return success(process) ? lines : "the workload $script failed: $(first_error(lines))"
end

end_group(process::Base.Process) = ccall(:kill, Cint, (Cint, Cint), -getpid(process), Base.SIGKILL)

function first_error(lines::Vector{String})
    # A value that Julia cannot write, such as a task in a constant, ends the process before there is an `ERROR:`.
    index = findfirst(line -> occursin(r"^ERROR: |cannot be serialized", line), lines)
    return index === nothing ? "it said nothing of the reason" : first_line(lines[index])
end

"The entry point loads a file that has to be there also where there is nothing to load."
function forget_startup(folder::String)
    foreach(name -> rm(joinpath(folder, name); recursive = true), readdir(folder))
    write_file(joinpath(folder, LOAD_FILE), "# The workload failed while this image was built, so there is nothing to load.\n")
end

function startup_bytes(user_depot::String)
    folder = joinpath(user_depot, "compiled", "v$(VERSION.major).$(VERSION.minor)", STARTUP.name)
    return isdir(folder) ? tree_bytes(folder) : 0
end

"Load the package in the way of the image's entry point, and see that this compiles nothing."
function check_startup(settings::AbstractDict, own_depot::String)
    error = load(() -> with_depots(settings, own_depot) do
        with_startup(() -> Base.require(STARTUP), settings["startup"])
    end)
    error === nothing || throw(BuildError("what the workload compiled cannot be loaded: $error"))
    check_nothing_compiled(settings["user-depot"], settings["strict"])
end

function tell_what_was_kept(script::String, lines::Vector{String}, bytes::Integer, seconds::Real)
    marked = findlast(line -> startswith(line, METHODS_MARK), lines)
    methods = marked === nothing ? 0 : parse(Int, lines[marked][(length(METHODS_MARK) + 1):end])
    say("The workload compiled $(plural(methods, "method")), $(human_bytes(bytes)), in $(round(seconds; digits = 1)) s")
    methods == 0 && say("WARNING: the workload $script compiled nothing that was not compiled already; the image starts as fast without it")
end
