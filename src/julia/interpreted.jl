# Our programs are interpreted: compiling them takes longer than running them, 0.4 s for 100 lines on Julia 1.5. What they call
# of Base, Pkg and the packages is compiled as usual.

const HAS_COMPILER_OPTIONS = isdefined(Base.Experimental, Symbol("@compiler_options"))

@static if HAS_COMPILER_OPTIONS
    # Julia 1.6 and newer know this for the code of one module, here `Main`.
    Base.Experimental.@compiler_options compile=min optimize=0 infer=no
end

"""
Run `work` as a Julia without `--compile=min` would, in this process and in those it starts. Julia 1.5 knows the option for a
whole process only, and hands it on: `julia_cmd`, which Base uses to start compiling processes, copies the options of the
running one. The options are a structure of the runtime that Base mirrors as `JLOptions`.
"""
function compiled_as_usual(work::Function)
    HAS_COMPILER_OPTIONS && return work()
    set_compile_option(1)
    try
        return work()
    finally
        set_compile_option(3)
    end
end

# JL_OPTIONS_COMPILE_ON and JL_OPTIONS_COMPILE_MIN in src/julia.h.
function set_compile_option(value::Integer)
    index = findfirst(==(:compile_enabled), fieldnames(Base.JLOptions))
    options = Ptr{UInt8}(cglobal(:jl_options, Base.JLOptions))
    type = fieldtype(Base.JLOptions, index)
    unsafe_store!(Ptr{type}(options + fieldoffset(Base.JLOptions, index)), type(value))
end

HAS_COMPILER_OPTIONS || set_compile_option(3)
