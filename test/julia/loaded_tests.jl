module LoadedTests
include("support.jl")
use("say", "settings", "files", "manifest", "failures", "units", "compilable", "stale", "load", "scratch", "lazy", "compile_report", "compiled_files", "loaded")

# Names that nothing else of this process has, since these packages are loaded.
const NAMES = ("LoadedBase", "LoadedUpper", "LoadedApart", "LoadedNever")
uuid(number) = Base.UUID(string("4d1f0a0", number, "-0000-4000-8000-000000000000"))
id(number) = Base.PkgId(uuid(number), NAMES[number])
package(number, needs...) =
    ManifestPackage(NAMES[number], uuid(number), nothing, nothing, NAMES[number], collect(Base.UUID, map(uuid, needs)), Dict{String,Vector{Base.UUID}}())

entry(number, dependencies) = "[[$(NAMES[number])]]\npath = \"$(NAMES[number])\"\nuuid = \"$(uuid(number))\"\n$dependencies"
project(number, dependencies) = "$(NAMES[number])/Project.toml" => "name = \"$(NAMES[number])\"\nuuid = \"$(uuid(number))\"\n$dependencies"

"""
Run `work` with an environment of four packages and an empty depot. The second loads the first, and depends on the last, which nothing
loads.
"""
function with_packages(work::Function)
    environment = folder_with(
        "Project.toml" => "[deps]\n" * join("$(NAMES[number]) = \"$(uuid(number))\"\n" for number in 1:3),
        "Manifest.toml" => entry(1, "") * entry(2, "deps = [\"LoadedBase\", \"LoadedNever\"]\n") * entry(3, "") * entry(4, ""),
        project(1, ""), project(2, "[deps]\nLoadedBase = \"$(uuid(1))\"\nLoadedNever = \"$(uuid(4))\"\n"), project(3, ""), project(4, ""),
        "LoadedBase/src/LoadedBase.jl" => "module LoadedBase end",
        "LoadedUpper/src/LoadedUpper.jl" => "module LoadedUpper\nimport LoadedBase\nend",
        "LoadedApart/src/LoadedApart.jl" => "module LoadedApart end",
        "LoadedNever/src/LoadedNever.jl" => "module LoadedNever end")
    with_environment(depot -> work(depot, units_of([package(1), package(2, 1, 4), package(3), package(4)])), environment)
end

if !IS_1_5
    @testset "what was loaded from the same compiled file and left nothing is not loaded again" begin
        with_packages() do depot, units
            ids = [id(2), id(3)]
            none = LazyArtifact[]
            @test not_known_to_load(depot, ids, units) == ids
            foreach(unit -> Base.compilecache(unit.id), units)
            note_loaded(depot, units, none)
            @test not_known_to_load(depot, ids, units) == ids
            load_packages(ids, true)

            # What the lower one may have left, the upper one may have caused.
            mkpath(scratch_space(depot, uuid(1)))
            note_loaded(depot, units, none)
            @test not_known_to_load(depot, ids, units) == [id(2)]
            rm(scratch_space(depot, uuid(1)))
            note_loaded(depot, units, [LazyArtifact(id(1), "aaaa")])
            @test not_known_to_load(depot, ids, units) == [id(2)]

            note_loaded(depot, units, none)
            @test isempty(not_known_to_load(depot, ids, units))
            files = files_by_package(units)
            @test !is_ambiguous(files)
            @test Set(file.owner for file in with_owners(files, units)) ⊇ Set(map(uuid, 1:3))

            # What nobody loaded is no reason to load what depends on it. As a direct dependency it has to be.
            @test not_known_to_load(depot, [ids; id(4)], units) == [id(4)]
            mkpath(scratch_space(depot, uuid(4)))
            note_loaded(depot, units, none)
            @test isempty(not_known_to_load(depot, ids, units))
            # A note that says nothing of it is one of before.
            note = loaded_note(depot, only(files[id(2)]))
            write(note, first(readlines(note)))
            @test not_known_to_load(depot, ids, units) == [id(2)]
            note_loaded(depot, units, none)
            @test isempty(not_known_to_load(depot, ids, units))

            # A compiled file of the same name that is another one.
            write(loaded_note(depot, only(files[id(1)])), "0000000000000000")
            @test not_known_to_load(depot, ids, units) == [id(2)]
        end
    end
end

@testset "a compiled file is told from another by what it ends with" begin
    folder = folder_with("short.ji" => "12", "long.ji" => "0123456789")
    @test checksum_of(joinpath(folder, "short.ji")) == bytes2hex(b"12")
    @test checksum_of(joinpath(folder, "long.ji")) == bytes2hex(b"23456789")
end

end
