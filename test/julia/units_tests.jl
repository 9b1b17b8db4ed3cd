module UnitsTests
include("support.jl")
use("settings", "manifest", "units", "project_units")

uuid(digit) = Base.UUID(string(digit, "0000000-0000-0000-0000-000000000000"))

package(name, digit; needs = Int[], extensions = Pair{String,Vector{Int}}[]) =
    ManifestPackage(name, uuid(digit), nothing, nothing, nothing, map(uuid, needs), Dict(key => map(uuid, value) for (key, value) in extensions))

names_of(units) = [unit.name for unit in units]

@testset "packages in the order in which they are compiled" begin
    @test names_of(units_of([package("A", 1; needs = [2]), package("B", 2)])) == ["B", "A"]
end

if !IS_1_5
    @testset "extensions" begin
        packages = [package("A", 1; extensions = ["Ext" => [2]]), package("B", 2), package("C", 3; needs = [1, 2])]
        units = units_of(packages)
        @test names_of(units) == ["A", "B", "A → Ext", "C"]
        extension = units[3]
        @test extension.owner == uuid(1)
        @test extension.id == extension_id(uuid(1), "Ext")
        @test Set(extension.dependencies) == Set([Base.PkgId(uuid(1), "A"), Base.PkgId(uuid(2), "B")])
        # C has both triggers below it, and so loads the extension while it is compiled.
        @test extension.id in units[4].dependencies
        @test names_of(units_of([package("A", 1; extensions = ["Ext" => [2]])])) == ["A"]
    end

    @testset "an extension with more triggers may load one with fewer" begin
        packages = [package("A", 1; extensions = ["Few" => [2], "Many" => [2, 3]]), package("B", 2), package("C", 3)]
        units = units_of(packages)
        many = only(filter(unit -> unit.name == "A → Many", units))
        @test many.extensions == [extension_id(uuid(1), "Few")]
        @test findfirst(==("A → Few"), names_of(units)) < findfirst(==("A → Many"), names_of(units))
    end
end

@testset "what is compiled with the project" begin
    root = folder_with(
        "Project.toml" => "name = \"App\"\nuuid = \"$(uuid(9))\"\n[deps]\nPart = \"$(uuid(1))\"\nFree = \"$(uuid(2))\"\n",
        "Manifest.toml" => """
            manifest_format = "2.0"
            [[deps.Part]]
            path = "Part"
            uuid = "$(uuid(1))"
            [[deps.Free]]
            uuid = "$(uuid(2))"
            [[deps.Unrelated]]
            uuid = "$(uuid(3))"
            """)
    manifest = joinpath(root, "Manifest.toml")
    units = project_units(root, manifest, ["Part=$(uuid(1))", "App=$(uuid(9))"], ["Part=$(uuid(1))", "Free=$(uuid(2))"])
    @test names_of(units) == ["Part", "App"]
    @test isempty(project_units(root, manifest, String[], ["Free=$(uuid(2))"]))
end
end
