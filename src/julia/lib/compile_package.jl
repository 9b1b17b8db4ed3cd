# Compiling one package or extension.

# A task of its own may wait for this while others go on.
"""
Compile a package in a process of its own, although it has a fresh compiled file. `loadable_exts` is of `Base.compilecache`. Returns
`nothing`, or the text of the error.
"""
compile_package(id::Base.PkgId, name::String; loadable_exts = nothing) =
    compiling_error(io -> compile_with_output(id, io, loadable_exts), name)

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

"How many packages this process has begun to compile."
const COMPILATIONS = Ref(0)

# Other tasks come to see the number only when the process is there: what starts it waits for nothing.
"Wait until the first package is being compiled, or `task`, which compiles, is done; then go on interpreted."
function wait_for_compilation(task::Task)
    while COMPILATIONS[] == 0 && !istaskdone(task)
        sleep(0.005)
    end
    # For others that are compiled at the same time.
    yield_to_tasks()
end

# The process must compile, although this one may be interpreted and hands on its options. Since Julia 1.11 there can be others
# behind these. It also loads only those extensions then that it is told of while it compiles an extension: another one may be waiting
# for this one.
function compile_with_output(id::Base.PkgId, io::IO, loadable_exts)
    COMPILATIONS[] += 1
    IS_1_5 && return compiled_as_usual(Base.compilecache, id)
    if VERSION < v"1.11"
        keep_starting_interpreted(io)
        return compiled_as_usual(Base.compilecache, id, io, io)
    end
    return Base.compilecache(id, io, io; flags = Cmd(["--compile=yes"]), loadable_exts = loadable_exts)
end

# What starts a process would be compiled for these types before the first one, for 40 ms that everyone waits for. What was
# interpreted once stays so. There is no command here, which shows only when the process is about to be made.
"Have Julia 1.10 interpret what `Base.compilecache` starts its process with."
function keep_starting_interpreted(io::IO)
    COMPILATIONS[] == 1 || return
    try
        open(pipeline(``; stderr = io, stdout = io), "w", stdout)
    catch error
        error isa ArgumentError || rethrow()
    end
end

"A warning that a package prints while it is compiled is printed never again."
function show_output(name::String, output::String)
    text = rstrip(read(output, String))
    isempty(text) || say("  $name said:\n    $(replace(text, '\n' => "\n    "))")
end

# A process that the kernel ends for lack of memory has no last words.
no_message(error::String) =
    "$error\nIt said nothing; if the machine ran out of memory (exit code 137), lower `tasks` under [precompile]."
