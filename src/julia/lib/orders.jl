# What the process that installs tells the one that compiles, and how it learns what came of it.

"The file that the other process writes when it is done."
const REPORT = Ref("")

"Tell it that the environment is in place and the cache free of what is not to decide, so that it can ask ahead (ask_ahead.jl)."
let_compiler_ask() = tell_compiler(() -> write(COMPILER[], "\n"))

"Have the packages compiled and loaded, and go on meanwhile."
function order_compiling(lazy::Vector{LazyArtifact})
    list, REPORT[] = tempname(), tempname()
    write_lazy(list, lazy)
    tell_compiler() do
        write(COMPILER[], "$list\n$(REPORT[])\n")
        close(COMPILER[].in)
    end
end

# How it ended, if it did, is told by its exit code.
function tell_compiler(work::Function)
    try
        work()
    catch error
        error isa Base.IOError || rethrow()
    end
end

"Wait until that is done. Returns the compiled files that belong together."
function compiled_packages()
    process = COMPILER[]
    wait(process)
    # It has said why.
    process.exitcode == 1 && process.termsignal == 0 && exit(1)
    success(process) || throw(BuildError(string("Julia ended with ", ending(process), " while it compiled or loaded packages; ",
        "what it said stands above, if it could. Exit code 137 or signal 9 mean that the machine ran out of memory.")))
    return read_report(REPORT[])
end

ending(process::Base.Process) =
    process.termsignal == 0 ? "exit code $(process.exitcode)" : "signal $(process.termsignal)"
