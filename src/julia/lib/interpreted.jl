# Our programs are interpreted: compiling them takes longer than running them, 4 s of 5 for compile.jl on Julia 1.12 where there is
# nothing to compile for the image. Most of that is what Base does for our types, which an option of a module would not cover
# (`Base.Experimental.@compiler_options`); so the option is that of the process, and is lifted for the work itself.
#
# What starts a Julia must run with the option lifted, or give it the option anew (compile_package.jl): `julia_cmd`, which Base uses to
# start compiling processes, hands on the options of the running one. What Pkg brings in compiled form needs neither.

# JL_OPTIONS_COMPILE_ON and JL_OPTIONS_COMPILE_MIN in src/julia.h.
const COMPILE_ON = Int8(1)
const COMPILE_MIN = Int8(3)

"How many calls of `compiled_as_usual` are under way: tasks that wait for processes overlap."
const COMPILED_CALLS = Ref(0)

"""
Run `work(arguments...)`, which loads packages, or calls what takes long interpreted, as a Julia without `--compile=min` would. A
function of Base is best passed as it is: one of ours around it is compiled too, and what it calls is inferred for that.
"""
function compiled_as_usual(work::Function, arguments...)
    COMPILED_CALLS[] += 1
    set_compile_option(COMPILE_ON)
    try
        return work(arguments...)
    finally
        COMPILED_CALLS[] -= 1
        COMPILED_CALLS[] == 0 && set_compile_option(COMPILE_MIN)
    end
end

# A package is compiled in a process of its own, which reads what it is to do from a pipe that this one closes when it waits. What
# starts it asks for the options at its start, and only waits for the process then.
"Let other tasks begin their calls of `compiled_as_usual`, and go on interpreted in this one."
function yield_to_tasks()
    sleep(0.01)
    interpret_again()
end

interpret_again() = set_compile_option(COMPILE_MIN)

# The options are a structure of the runtime, which reads them whenever it is about to compile; Base mirrors it as `JLOptions`.
const COMPILE_OPTION = findfirst(==(:compile_enabled), fieldnames(Base.JLOptions))
const COMPILE_OPTION_PLACE = Ptr{fieldtype(Base.JLOptions, COMPILE_OPTION)}(
    Ptr{UInt8}(cglobal(:jl_options, Base.JLOptions)) + fieldoffset(Base.JLOptions, COMPILE_OPTION))

# It is compiled itself where the option is lifted when it is called, and so does nothing but store.
set_compile_option(value::Int8) = unsafe_store!(COMPILE_OPTION_PLACE, value)

# The steps are started with `--compile=min`, so that even this file is interpreted. A process that was started by one of them while
# the option was lifted is not.
set_compile_option(COMPILE_MIN)
