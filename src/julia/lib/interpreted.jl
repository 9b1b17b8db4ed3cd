# Our programs are interpreted: compiling them takes longer than running them, 4 s of 5 for compile.jl on Julia 1.12 where there is
# nothing to compile for the image. Most of that is what Base does for our types, which an option of a module would not cover
# (`Base.Experimental.@compiler_options`); so the option is that of the process, and is lifted for the work itself.
#
# What starts a Julia must run with the option lifted: `julia_cmd`, which Base uses to start compiling processes, hands on the
# options of the running one.

# JL_OPTIONS_COMPILE_ON and JL_OPTIONS_COMPILE_MIN in src/julia.h.
const COMPILE_ON = 1
const COMPILE_MIN = 3

"How many calls of `compiled_as_usual` are under way: tasks that wait for processes overlap."
const COMPILED_CALLS = Ref(0)

"Run `work`, which calls Pkg, hashes, loads packages or compiles them, as a Julia without `--compile=min` would."
function compiled_as_usual(work::Function)
    COMPILED_CALLS[] += 1
    set_compile_option(COMPILE_ON)
    try
        return work()
    finally
        COMPILED_CALLS[] -= 1
        COMPILED_CALLS[] == 0 && set_compile_option(COMPILE_MIN)
    end
end

# What it starts asks for the options at its start, and only waits for a process then.
"Go on interpreted in this task, although another one is in `compiled_as_usual`."
interpret_again() = set_compile_option(COMPILE_MIN)

# The options are a structure of the runtime, which reads them whenever it is about to compile; Base mirrors it as `JLOptions`.
function set_compile_option(value::Integer)
    index = findfirst(==(:compile_enabled), fieldnames(Base.JLOptions))
    options = Ptr{UInt8}(cglobal(:jl_options, Base.JLOptions))
    type = fieldtype(Base.JLOptions, index)
    unsafe_store!(Ptr{type}(options + fieldoffset(Base.JLOptions, index)), type(value))
end

# The steps are started with `--compile=min`, so that even this file is interpreted. A process that was started by one of them while
# the option was lifted is not.
set_compile_option(COMPILE_MIN)
