# What the build was asked to do: the settings that the frontend wrote, and how programs of ours start each other.

# By the parser of Base. The standard library TOML is avoided: where it is not in the system image it would have to be loaded first.
parse_toml(file::String) = IS_1_5 ? parse_toml_1_5(file) : Base.parsed_toml(file)

"`Name=uuid`, as the frontend writes package identities, as a `Base.PkgId`."
function package_id(text::String)
    # To make strings of what `split` gives would be compiled, on Julia 1.10 for 10 ms.
    equals = findfirst('=', text)
    return Base.PkgId(Base.UUID(text[equals+1:end]), text[1:equals-1])
end

"Path of a program that lies beside the running one."
program(name::String) = joinpath(dirname(abspath(PROGRAM_FILE)), name)

# A command in backticks would have parts of the parser compiled, for 15 ms.
"A Julia process with these flags, and with no start-up file, no history and plain output."
julia_command(flags::Vector{String}, arguments::String...) = Cmd(String[
    joinpath(Sys.BINDIR, Base.julia_exename()), "--startup-file=no", "--history-file=no", "--color=no", flags..., arguments...])
