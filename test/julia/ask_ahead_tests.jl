module AskAheadTests
include("support.jl")
use("say", "settings", "files", "manifest", "failures", "units", "compilable", "stale", "tasks", "compile_package", "compile_order", "precompile", "ask_ahead", "compiled_files")

# Names that nothing else of this process has.
const NAMES = ("AskedLower", "AskedUpper")
uuid(number) = Base.UUID(string("5e2f1b1", number, "-0000-4000-8000-000000000000"))
id(number) = Base.PkgId(uuid(number), NAMES[number])
package(number, needs...) =
    ManifestPackage(NAMES[number], uuid(number), nothing, nothing, NAMES[number], collect(Base.UUID, map(uuid, needs)), Dict{String,Vector{Base.UUID}}())

project(number, dependencies) = "$(NAMES[number])/Project.toml" => "name = \"$(NAMES[number])\"\nuuid = \"$(uuid(number))\"\n$dependencies"

"Run `work` with an environment of two packages, of which the second uses the first, both compiled into a depot of their own."
function with_compiled_packages(work::Function)
    environment = folder_with(
        "Project.toml" => "[deps]\nAskedLower = \"$(uuid(1))\"\nAskedUpper = \"$(uuid(2))\"\n",
        "Manifest.toml" => "[[AskedLower]]\npath = \"AskedLower\"\nuuid = \"$(uuid(1))\"\n[[AskedUpper]]\npath = \"AskedUpper\"\nuuid = \"$(uuid(2))\"\ndeps = [\"AskedLower\"]\n",
        project(1, ""), project(2, "[deps]\nAskedLower = \"$(uuid(1))\"\n"),
        "AskedLower/src/AskedLower.jl" => "module AskedLower end",
        "AskedUpper/src/AskedUpper.jl" => "module AskedUpper\nimport AskedLower\nend")
    with_environment(environment) do _
        units = units_of([package(1), package(2, 1)])
        foreach(unit -> Base.compilecache(unit.id), units)
        work(environment, units)
    end
end

if IS_1_5
    @testset "nothing is asked ahead of Julia 1.5, which answers when it loads" begin
        @test ask_ahead(mktempdir(), Unit[]) === nothing
    end
else
    @testset "answers of before hold while what they depend on is as it was" begin
        with_compiled_packages() do environment, units
            answers = ask_ahead(environment, units)
            @test Set(answers.ids) == Set([id(1), id(2)])
            memory = what_holds(answers, environment, units)
            @test Set(keys(memory.fresh)) == Set([id(1), id(2)])
            @test isempty(stale_units(units, memory))
        end
    end

    @testset "answers of before are forgotten when $what" for (what, change) in (
        "a compiled file is gone" => (environment, files) -> rm(files[id(1)]),
        "sources are put there anew" => (environment, files) -> write(joinpath(environment, "AskedLower", "src", "AskedLower.jl"), "module AskedLower\nend"),
        "the environment has preferences now" => (environment, files) -> write(joinpath(environment, "LocalPreferences.toml"), "[AskedLower]\nx = 1\n"),
        "a package has a build script, which may write sources" =>
            (environment, files) -> (mkpath(joinpath(environment, "AskedLower", "deps")); write(joinpath(environment, "AskedLower", "deps", "build.jl"), "")),
        "the manifest is another" => (environment, files) -> open(io -> write(io, "\n"), joinpath(environment, "Manifest.toml"), "a"),
    )
        with_compiled_packages() do environment, units
            answers = ask_ahead(environment, units)
            change(environment, answers.memory.fresh)
            @test isempty(what_holds(answers, environment, units).fresh)
        end
    end

    @testset "an answer that a file is of no use is asked anew" begin
        with_compiled_packages() do environment, units
            rm(fresh_compiled_file(id(1)))
            answers = ask_ahead(environment, units)
            @test isempty(answers.memory.fresh)
            Base.compilecache(id(1))
            Base.compilecache(id(2))
            forget_compiled!(answers.memory, Set([id(1), id(2)]))
            @test isempty(stale_units(units, answers.memory))
        end
    end

    @testset "what needs a build that is not there is stale" begin
        with_compiled_packages() do environment, units
            upper = fresh_compiled_file(id(2))
            rm(fresh_compiled_file(id(1)))
            Base.compilecache(id(1))
            memory = StaleMemory()
            @test fresh_compiled_file(id(2), memory) === nothing
            @test fresh_compiled_file(id(1), memory) !== nothing
            need = only(filter(need -> need[2] == id(1), needed_builds(id(2), Base.locate_package(id(2)), upper, memory)))
            @test provider(need, memory) === nothing
        end
    end

    @testset "what was compiled is asked again, and what needs it" begin
        with_compiled_packages() do environment, units
            memory = StaleMemory()
            @test isempty(stale_units(units, memory))
            forget_compiled!(memory, Set([id(1)]))
            @test collect(keys(memory.fresh)) == [id(2)]
            @test all(key -> key[1] != id(1), [collect(keys(memory.providers)); collect(keys(memory.needs))])
        end
    end
end

@testset "nothing holds where nothing was asked" begin
    @test isempty(what_holds(nothing, mktempdir(), Unit[]).fresh)
end

end
