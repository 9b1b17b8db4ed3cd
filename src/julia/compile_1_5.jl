# Julia 1.5 cannot be told where a compiling process is to write its errors. They all share one stream, on which what they print
# could not be told apart: what fails is compiled once more by itself.

"Run `work`, which compiles several packages, and put the error of each in the place of what could not be read meanwhile."
function compile_at_once_1_5(work::Function, failures::Vector{Failure})
    open(io -> redirect_stderr(work, io), "/dev/null", "w")
    for (index, failure) in enumerate(failures)
        failures[index] = Failure(failure.name, failure.id, error_of(failure.id))
    end
    filter!(failure -> !isempty(failure.error), failures)
end

"The error of compiling a package by itself; empty if now there is none."
function error_of(id::Base.PkgId)
    output = tempname()
    try
        open(io -> redirect_stderr(() -> compiled_as_usual(() -> Base.compilecache(id)), io), output, "w")
        return ""
    catch error
        error isa InterruptException && rethrow()
        text = rstrip(read(output, String))
        return isempty(text) ? no_message(sprint(showerror, error)) : String(text)
    finally
        rm(output; force = true)
    end
end
