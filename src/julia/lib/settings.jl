# What the build was asked to do: the settings that the frontend wrote, and how programs of ours start each other.

# Julia 1.6 and newer parse TOML in Base. Julia 1.5 has a parser in Pkg only, which is part of its system image. The standard
# library TOML is avoided: where it is not in the system image it would have to be loaded first.
VERSION >= v"1.6" || include("pkg.jl")

parse_toml(file::String) = VERSION >= v"1.6" ? Base.parsed_toml(file) : PKG.TOML.parsefile(file)

"`Name=uuid`, as the frontend writes package identities, as a `Base.PkgId`."
function package_id(text::AbstractString)
    name, uuid = split(text, '=')
    return Base.PkgId(Base.UUID(String(uuid)), String(name))
end

"Path of a program that lies beside the running one."
program(name::String) = joinpath(dirname(abspath(PROGRAM_FILE)), name)

"A Julia process with these flags: no start-up file, no history, plain output."
julia_command(flags::Vector{String}) =
    `$(joinpath(Sys.BINDIR, Base.julia_exename())) --startup-file=no --history-file=no --color=no $flags`
