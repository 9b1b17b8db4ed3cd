# Packages that cannot be compiled or loaded, and how a person learns of them.

"A package or extension that failed to precompile or to load, and its error."
struct Failure
    name::String
    id::Base.PkgId
    error::String
end

"Show every error in full, then name the packages and causes in few lines: BuildKit repeats the last lines of a failed step."
function report_failures(failures::Vector{Failure}, what::String, strict::Bool)
    isempty(failures) && return
    foreach(failure -> say("\n$(failure.name):\n$(failure.error)\n"), failures)
    fail_or_warn(join(("$(failure.name) $what: $(first_line(failure.error))" for failure in failures), '\n'), strict)
end

function fail_or_warn(message::String, strict::Bool, consequence::String = "The image compiles it whenever it is loaded.")
    strict && throw(BuildError("$message\nTo ship the image all the same, set strict = false under [precompile]."))
    say("WARNING: $message\n$consequence")
end
