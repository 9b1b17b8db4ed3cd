import Greetings, Pkg

versions = Pkg.TOML.parsefile(joinpath(@__DIR__, "Manifest.toml"))
println(Greetings.greet("reader"), " Greetings is ", versions["Greetings"][1]["version"], ".")
