# What a person who builds sees: plain lines, flushed at once, so that BuildKit shows progress as it happens. Each is written
# as a whole, and errors too on stdout: BuildKit reads a step's two streams side by side, and would mix them.

# A pipe keeps nothing back, and `flush` would be compiled, on Julia 1.10 for 7 ms.
function say(text::AbstractString)
    write(stdout, string(text, '\n'))
    stdout isa Base.LibuvStream || flush(stdout)
    return nothing
end

plural(count::Integer, word::String, many::String = word * "s") = string(count, " ", count == 1 ? word : many)

"What went wrong, without the words that Julia puts before it."
first_line(error::String) = replace(String(first(split(error, '\n'))), r"^(ERROR: |LoadError: |InitError: )+" => "")

"A number of bytes for people, in powers of 1000: `812 B`, `3.4 kB`, `120 MB`."
function human_bytes(bytes::Integer)
    bytes < 1000 && return string(bytes, " B")
    value = bytes / 1000
    for unit in ("kB", "MB", "GB")
        value < 999.5 && return string(value < 9.95 ? round(value; digits = 1) : round(Int, value), " ", unit)
        value /= 1000
    end
    return string(round(value; digits = 1), " TB")
end

"An error that a person can act on. It ends the build with its text and without a Julia stack trace."
struct BuildError <: Exception
    message::String
end

Base.showerror(io::IO, error::BuildError) = print(io, error.message)

const NO_SPACE = r"ENOSPC|no space left"i

# Much of what fails on a full disk says something else: that an archive is damaged, say.
"Whether an error comes of a full disk, by its own words, or because nothing more can be written now."
is_of_full_disk(text::AbstractString) = occursin(NO_SPACE, text) || !can_write(1_000_000)

function can_write(bytes::Int)
    file = tempname()
    try
        return write(file, zeros(UInt8, bytes)) == bytes
    catch error
        error isa InterruptException && rethrow()
        return false
    finally
        rm(file; force = true)
    end
end

"Run a step's main function; turn a `BuildError` into its message and exit status 1, any other error into its full text."
function run_step(main::Function)
    try
        main()
    catch error
        text = error isa BuildError ? "ERROR: $(error.message)" : sprint(showerror, error, catch_backtrace())
        say("\n$text")
        # Last, since BuildKit repeats the last lines of a step that failed.
        is_of_full_disk(text) && say("ERROR: there is no space left on the builder's disk; `docker buildx prune` can make some")
        exit(1)
    end
end
