# Julia 1.5 cannot be told where a compiling process is to write its errors. They all share one stream, on which what they print
# could not be told apart: what fails is compiled once more by itself.

"Run `work`, which compiles several packages, and put the error of each in the place of what could not be read meanwhile."
function compile_at_once_1_5(work::Function, failures::Vector{Failure})
    open(io -> redirect_stderr(work, io), "/dev/null", "w")
    for (index, failure) in enumerate(failures)
        alone(io) = redirect_stderr(() -> compiled_as_usual(() -> Base.compilecache(failure.id)), io)
        failures[index] = Failure(failure.name, failure.id, something(compiling_error(alone, failure.name), ""))
    end
    # What compiles by itself has not failed.
    filter!(failure -> !isempty(failure.error), failures)
end
