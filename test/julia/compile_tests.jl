module CompileTests
include("support.jl")
use("say", "settings", "manifest", "units", "failures", "files", "compilable", "stale", "tasks", "compile_package", "compile_order", "precompile")

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

# Newer ones are started without this, and 1.5 is not told where its output goes.
if !IS_1_5 && VERSION < v"1.11"
    @testset "what starts the compiling process is interpreted before it is needed, and starts nothing" begin
        before = COMPILATIONS[]
        COMPILATIONS[] = 1
        file = joinpath(mktempdir(), "output")
        open(keep_starting_interpreted, file, "w")
        @test isempty(read(file))
        COMPILATIONS[] = before
    end
end

@testset "what others wait for longest is compiled first" begin
    units = [unit("Free", 1), unit("Large", 2), unit("Small", 3), unit("Middle", 4, id("Small", 3)), unit("Top", 5, id("Middle", 4), id("Free", 1))]
    bytes = Dict("Free" => 1, "Large" => 9, "Small" => 1, "Middle" => 2, "Top" => 3)
    order = longest_chain_first(units, each -> bytes[each.name])
    @test [each.name for each in order] == ["Small", "Middle", "Free", "Large", "Top"]
end

@testset "what runs a workload counts for several" begin
    units = [unit("Plain", 1), unit("Tools", 2), unit("Heavy", 3, id("Tools", 2)), unit("Middle", 4, id("Plain", 1)), unit("Top", 5, id("Middle", 4))]
    order = longest_chain_first(units, each -> 1, each -> each.name == "Heavy" ? 5 : 1)
    @test [each.name for each in order] == ["Tools", "Heavy", "Plain", "Middle", "Top"]
end

@testset "a package runs a workload if it depends on what has the macros" begin
    @test runs_workload(unit("A", 1, id("B", 2), id("PrecompileTools", 3)))
    @test runs_workload(unit("A", 1, id("SnoopPrecompile", 3)))
    @test !runs_workload(unit("PrecompileTools", 3, id("Preferences", 2)))
end

if !IS_1_5
    @testset "a workload that a preference turns off is not run" begin
        root = folder_with(
            "Project.toml" => "[extras]\nA = \"10000000-0000-0000-0000-000000000000\"\n",
            "LocalPreferences.toml" => "[A]\nprecompile_workload = false\n",
        )
        before = copy(LOAD_PATH)
        append!(empty!(LOAD_PATH), [root])
        @test !runs_workload(unit("A", 1, id("PrecompileTools", 3)))
        append!(empty!(LOAD_PATH), before)
    end
end

@testset "packages that depend on each other are compiled in some order" begin
    circle = [unit("A", 1, id("B", 2)), unit("B", 2, id("A", 1))]
    @test length(longest_chain_first(circle, each -> 1)) == 2
end

@testset "slots are given by number" begin
    slots, order = Slots(1), Int[]
    working(number) = @async with_slot(() -> (push!(order, number); sleep(0.01)), slots, number)
    tasks = [working(number) for number in (3, 4, 2, 1)]
    foreach(wait, tasks)
    # The first takes the slot before anybody else asks.
    @test order == [3, 1, 2, 4]
end

@testset "a slot is given to what waited for the one that had it, if that comes first" begin
    slots, order = Slots(1), Int[]
    working(number) = with_slot(() -> (push!(order, number); sleep(0.01)), slots, number)
    first = @async working(1)
    tasks = [@async(working(3)), @async((wait(first); working(2)))]
    foreach(wait, tasks)
    @test order == [1, 2, 3]
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
