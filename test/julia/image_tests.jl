module ImageTests
include("support.jl")
use("say", "settings", "files", "manifest", "privileges", "housekeeping", "output")

# The part of collect.jl that record.jl needs.
mutable struct Share
    package::ManifestPackage
    source::Int
    artifacts::Int
    compiled::Int
    artifact_hashes::Vector{String}
    licence::Union{Nothing,String}
end
use("record")

const UUID = Base.UUID("7876af07-990d-54b4-ab0e-23690620f79a")
const PACKAGE = ManifestPackage("Example", UUID, "0.5.3", Base.SHA1("46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc"), nothing, Base.UUID[], Dict{String,Vector{Base.UUID}}())

@testset "users as Docker resolves them" begin
    @test find_identity("0").home == "/root"
    @test (find_identity("12345").uid, find_identity("12345").gid, find_identity("12345").home) == (12345, 0, "/")
    @test (find_identity("12345:678").uid, find_identity("12345:678").gid) == (12345, 678)
    @test (find_identity("root:root").uid, find_identity("root:root").gid) == (0, 0)
    @test_throws BuildError find_identity("nobody-of-that-name")
    @test_throws BuildError find_identity("0:no-such-group")
end

@testset "the layer of a package is a function of the package" begin
    place = Place("/depot", "/depot-user", "/out", Layers(2, 6, 2, 4))
    @test length(all_parts(place)) == 2 + 6 + 2 + 4
    @test part_of_package(place, :packages, UUID, SMALL_BYTES).folder == "/out/packages-$(spread(UUID, 2))"
    @test part_of_package(place, :compiled, UUID, SMALL_BYTES).folder == "/out/compiled-$(spread(UUID, 6))"
    @test part_of_package(place, :packages, UUID, SMALL_BYTES - 1).folder == "/out/small-$(spread(UUID, 4))"
    @test part_of_package(place, :compiled, UUID, SMALL_BYTES - 1).folder == "/out/small-$(spread(UUID, 4))"
    @test top_part(place).folder == "/out/small-4"
    together = Place("/depot", "/depot-user", "/out", Layers(1, 1, 1, 0))
    @test part_of_package(together, :packages, UUID, 1).folder == "/out/packages-1"
    @test part_of_package(together, :compiled, UUID, 1).folder == "/out/compiled-1"
    @test top_part(together).folder == "/out/compiled-1"
    numbers = [spread(Base.UUID(string(string(byte; base = 16, pad = 2), "000000-0000-0000-0000-000000000000")), 4) for byte in 0:255]
    @test sort(unique(numbers)) == 1:4
end

@testset "copies go to the same place in a part" begin
    depot = folder_with("packages/A/aaaaa/file" => "123")
    place = Place(depot, "$depot-user", mktempdir(), Layers(1, 1, 1, 0))
    to = part(place, :packages, 1)
    @test copy_below(to, "packages/A/aaaaa") == 3
    @test read(in_output(to, joinpath(depot, "packages/A/aaaaa/file")), String) == "123"
    @test used_paths(place) == ["packages/A/aaaaa"]
end

@testset "the record of what is in the image" begin
    text = record_json([Share(PACKAGE, 1, 2, 3, ["aa", "aa", "bb"], "MIT")])
    @test occursin("\"name\": \"Example\", \"uuid\": \"$UUID\", \"version\": \"0.5.3\"", text)
    @test occursin("\"licence\": \"MIT\", \"artifacts\": [\"aa\", \"bb\"], \"sourceBytes\": 1, \"artifactBytes\": 2, \"compiledBytes\": 3", text)
    @test occursin("\"julia\": \"$VERSION\"", record_json(Share[]))
    @test json(nothing) == "null"
    @test cell(0) == "-" && cell(1500) == "1.5 kB"
end
end
