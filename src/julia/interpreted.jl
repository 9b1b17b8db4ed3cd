# Our programs are interpreted (julia --compile=min): compiling them takes longer than running them, 0.4 s for 100 lines on
# Julia 1.5. What they compile and load for the image must not be.

"""
Run `work` as a Julia without `--compile=min` would, in this process and in those it starts: `julia_cmd`, which Base uses
to start compiling processes, hands on the options of the running one. The options are a structure of the runtime that Base
mirrors as `JLOptions`.
"""
function compiled_as_usual(work::Function)
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
