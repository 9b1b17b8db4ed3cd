# Runs in a process of its own, with the flags of the image's Julia: compiles packages that have no usable compiled file, in
# the order given. Arguments: the report's file, then `Name=uuid` of every package. The report gets a line `name<tab>error`
# for each that failed, its line breaks escaped.

include("environment.jl")
include("say.jl")
include("stale.jl")

"Compile one package. Returns `nothing`, or the text of the error."
function compile(id::Base.PkgId)
    output = tempname()
    try
        open(io -> redirect_stderr(() -> Base.compilecache(id), io), output, "w")
        return nothing
    catch error
        error isa InterruptException && rethrow()
        text = rstrip(read(output, String))
        return isempty(text) ? sprint(showerror, error) : String(text)
    finally
        rm(output; force = true)
    end
end

function compile_all(report::String, names::Vector{String})
    open(report, "w") do io
        for (number, name) in enumerate(names)
            id = package_id(name)
            # It may have been compiled on the way, as a dependency of an earlier one.
            is_stale(id) || continue
            say("  compiling [$number/$(length(names))] $(id.name)")
            error = compile(id)
            error === nothing || println(io, id.name, '\t', escape_string(error))
        end
    end
end

compile_all(ARGS[1], ARGS[2:end])
