# The process that compiles (compile.jl), as the one that installs has it. It is started before anything else is read here: there is
# more for it to read, and most builds wait for that.

const COMPILER = Ref{Base.Process}()

"Start the process. It has the flags of the image's Julia."
function start_compiler(inputs::String)
    flags = Vector{String}(parse_toml(joinpath(inputs, "settings.toml"))["flags"])
    COMPILER[] = open(julia_command(flags, "--compile=min", program("compile.jl"), inputs), "w", stdout)
end
