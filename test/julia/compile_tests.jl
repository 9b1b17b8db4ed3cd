module CompileTests
include("support.jl")
use("say", "settings", "manifest", "units", "failures", "stale", "tasks", "compile_package", "precompile")

id(name, digit) = Base.PkgId(Base.UUID(string(digit, "0000000-0000-0000-0000-000000000000")), name)

unit(name, digit, needed...) = Unit(id(name, digit), name, id(name, digit).uuid, collect(Base.PkgId, needed), Base.PkgId[])

# Packages without sources are compiled by nobody, so that only what was begun can fail.
const UNITS = [unit("A", 1), unit("B", 2, id("A", 1)), unit("C", 3)]

begun(result) = Dict{Base.PkgId,Task}(id("A", 1) => schedule(Task(() -> result)))

quietly(work) = open(io -> redirect_stdout(work, io), "/dev/null", "w")

# Nothing is begun before on Julia 1.5, which compiles anew what failed to learn why.
if !IS_1_5
    @testset "a package whose compilation was begun before" begin
        @test isempty(quietly(() -> compile_units(UNITS, begun(nothing))))
        failures = quietly(() -> compile_units(UNITS, begun("it broke")))
        @test [(failure.name, failure.error) for failure in failures] == [("A", "it broke")]
    end
end

@testset "a package that forbids to be compiled" begin
    root = folder_with(
        "src/Free.jl" => "module Free\n# __precompile__ is for others.\nend\n",
        "src/Bound.jl" => "__precompile__( false )\nmodule Bound\nend\n",
    )
    @test !forbids_precompilation(joinpath(root, "src", "Free.jl"))
    @test forbids_precompilation(joinpath(root, "src", "Bound.jl"))
end
end
