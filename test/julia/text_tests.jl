module TextTests
include("support.jl")
use("say", "settings", "files", "access", "download", "licences", "resolve")

@testset "sizes and numbers for people" begin
    @test human_bytes(812) == "812 B"
    @test human_bytes(3_400) == "3.4 kB"
    @test human_bytes(9_960) == "10 kB"
    @test human_bytes(999_600) == "1.0 MB"
    @test human_bytes(2_500_000_000_000) == "2.5 TB"
    @test plural(1, "package") == "1 package"
    @test plural(0, "package") == "0 packages"
end

@testset "an error without the words that Julia puts before it" begin
    @test first_line("ERROR: LoadError: no\nStacktrace") == "no"
    @test first_line("plain") == "plain"
    @test sprint(showerror, BuildError("to be read")) == "to be read"
end

@testset "packages as the frontend names them" begin
    @test package_id("Example=7876af07-990d-54b4-ab0e-23690620f79a") ==
        Base.PkgId(Base.UUID("7876af07-990d-54b4-ab0e-23690620f79a"), "Example")
end

@testset "what a server means" begin
    for text in ("The requested URL returned error: 404", "HTTP/1.1 410 Gone while requesting")
        @test is_refusal(text) && is_absent(text)
    end
    @test is_refusal("HTTP/2 403 Forbidden") && !is_absent("HTTP/2 403 Forbidden")
    @test !is_refusal("HTTP/1.1 500 Internal Server Error") && !is_refusal("Could not resolve host")
end

@testset "a download that is refused is not tried again, one that fails is" begin
    tries = Ref(0)
    count_and(answer) = () -> (tries[] += 1; answer)
    @test retry_download(count_and("error: 404")) == "error: 404"
    @test tries[] == 1
    @test retry_download(count_and(nothing)) === nothing
    tries[] = 0
    @test retry_download(() -> (tries[] += 1) < 2 ? "reset" : nothing) === nothing
    @test tries[] == 2
end

@testset "licences by their text" begin
    of(files...) = licence_of(folder_with(files...))
    @test of("LICENSE.md" => "MIT\nPermission is hereby granted, free of charge, to any person obtaining a copy") == "MIT"
    @test of("COPYING" => "GNU LESSER GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\nthe GNU General Public License") == "LGPL-3.0-only"
    @test of("LICENSE" => "do what you like") === nothing
    @test of("LICENSE" => "Apache License\nVersion 2.0", "LICENCE.txt" => "MIT") === nothing
    @test of("README.md" => "") === nothing
end

@testset "the manifest of the image names the folders that the image has" begin
    environment = folder_with("Manifest.toml" => "project_hash = \"aa\"\n[[deps.Part]]\npath = \"sources/Part\"\n")
    written(hash) = begin
        file = joinpath(mktempdir(), "app", "Manifest.toml")
        paths = [Dict("made" => "sources/Part", "real" => "../Part")]
        write_manifest(environment, Dict("manifest-paths" => paths, "manifest-hash" => hash), file)
        read(file, String)
    end
    @test written("") == "project_hash = \"aa\"\n[[deps.Part]]\npath = \"../Part\"\n"
    @test written("bb") == "project_hash = \"bb\"\n[[deps.Part]]\npath = \"../Part\"\n"
    @test written("none") == "[[deps.Part]]\npath = \"../Part\"\n"
end
end
