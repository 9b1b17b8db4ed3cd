module ManifestTests
include("support.jl")
use("settings", "manifest")

const EXAMPLE = Base.UUID("7876af07-990d-54b4-ab0e-23690620f79a")
const OTHER = Base.UUID("10000000-0000-0000-0000-000000000000")
const THIRD = Base.UUID("20000000-0000-0000-0000-000000000000")
const TREE = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc"

manifest(text) = read_manifest(joinpath(folder_with("Manifest.toml" => text), "Manifest.toml"))

names_of(packages) = [package.name for package in packages]

package(name, uuid; needs = Base.UUID[], path = nothing) =
    ManifestPackage(name, uuid, nothing, path === nothing ? Base.SHA1(TREE) : nothing, path, needs, Dict{String,Vector{Base.UUID}}())

@testset "a manifest of either format" begin
    entries(prefix) = """
        [[$(prefix)Example]]
        git-tree-sha1 = "$TREE"
        uuid = "$EXAMPLE"
        version = "0.5.3"

        [[$(prefix)Alone]]
        deps = ["Example"]
        path = "../Alone"
        uuid = "$OTHER"
        """
    for text in (entries(""), string("manifest_format = \"2.0\"\n", entries("deps.")))
        alone, example = manifest(text)
        @test alone.path == "../Alone" && alone.tree_hash === nothing && alone.dependencies == [EXAMPLE]
        @test example.version == "0.5.3" && example.tree_hash == Base.SHA1(TREE) && isempty(example.dependencies)
        @test in_depot(example) && !in_depot(alone)
        @test id_of(example) == Base.PkgId(EXAMPLE, "Example")
        @test package_folder(example) == "packages/Example/aqsx3"
    end
end

@testset "a manifest that is not there or is empty" begin
    @test isempty(read_manifest(joinpath(mktempdir(), "Manifest.toml")))
    @test isempty(manifest(""))
end

@testset "two packages of one name are told apart by their UUIDs" begin
    packages = manifest("""
        manifest_format = "2.0"
        [[deps.Same]]
        uuid = "$OTHER"
        [[deps.Same]]
        uuid = "$THIRD"
        [[deps.User]]
        uuid = "$EXAMPLE"
        [deps.User.deps]
        Same = "$THIRD"
        Absent = "30000000-0000-0000-0000-000000000000"
        """)
    @test [each.uuid for each in packages] == [OTHER, THIRD, EXAMPLE]
    @test last(packages).dependencies == [THIRD]
end

@testset "an extension is one only if all that triggers it is there" begin
    table = Dict{String,Any}("extensions" => Dict{String,Any}("One" => "A", "Two" => ["A", "B"]))
    @test complete_extensions(table, Dict("A" => OTHER)) == Dict("One" => [OTHER])
    @test complete_extensions(table, Dict("A" => OTHER, "B" => THIRD)) == Dict("One" => [OTHER], "Two" => [OTHER, THIRD])
end

@testset "packages come after what they depend on, circles or not" begin
    ordered = in_dependency_order([package("A", OTHER; needs = [THIRD]), package("B", THIRD; needs = [EXAMPLE]), package("C", EXAMPLE)])
    @test names_of(ordered) == ["C", "B", "A"]
    circle = in_dependency_order([package("A", OTHER; needs = [THIRD]), package("B", THIRD; needs = [OTHER])])
    @test sort(names_of(circle)) == ["A", "B"]
end

@testset "what depends on a folder waits for the project" begin
    packages = [package("Above", OTHER; needs = [THIRD]), package("Folder", THIRD; path = "Folder"), package("Free", EXAMPLE)]
    alone, with_folders = split_by_folders(packages)
    @test names_of(alone) == ["Free"]
    @test names_of(with_folders) == ["Above", "Folder"]
end

@testset "the project file that Julia takes" begin
    @test project_file(mktempdir()) === nothing
    @test basename(project_file(folder_with("Project.toml" => "", "JuliaProject.toml" => ""))) == "JuliaProject.toml"
end
end
