module SmallBaseTests
include("support.jl")
use("say", "script_imports")

# Julia 1.5 cannot be reduced, and does not read what is written for newer ones.
if !IS_1_5
    use("settings", "files", "failures", "manifest", "compilable", "stale", "load", "elf", "elf_debug", "standard_libraries", "shared_libraries", "julia_tree", "small_base")

    const PROGRAM = realpath(joinpath(Sys.BINDIR, Base.julia_exename()))
    const HOME = dirname(dirname(PROGRAM))

    @testset "what an ELF file needs" begin
        @test is_elf(PROGRAM)
        @test !is_elf(@__FILE__)
        @test occursin("ld-linux", with_elf(interpreter, PROGRAM))
        @test any(name -> startswith(name, "libjulia.so"), with_elf(needed_libraries, PROGRAM))
        needed = with_elf(needed_versions, PROGRAM)
        @test any(each -> each.library == "libc.so.6" && startswith(each.version, "GLIBC_"), needed)
        @test with_elf(elf -> symbol_of(elf, first(needed)), PROGRAM) isa String
    end

    @testset "a library without what is for debuggers is the same library" begin
        folder = mktempdir()
        source = first(path for path in mapped_files(HOME) if occursin("libjulia-internal", path))
        target = joinpath(folder, "libjulia-internal.so")
        @test copy_without_debug(source, target) == filesize(target) <= filesize(source)
        for describe in (needed_libraries, needed_versions, defined_versions)
            @test with_elf(describe, target) == with_elf(describe, source)
        end
        @test !with_elf(elf -> any(section -> is_for_debuggers(elf, section), elf.sections), target)
        loaded(elf) = [(name_of(elf, each), each.address, content(elf, each)) for each in elf.sections if is_loaded(each) && has_bytes(each)]
        @test with_elf(loaded, target) == with_elf(loaded, source)
    end

    @testset "pages of a file move by whole pages" begin
        pieces = moved_together(merged([(0, 64), (100, 5000), (90000, 91000), (90500, 92000)], 4096), 4096)
        @test [(piece.from, piece.to) for piece in pieces] == [(0, 5000), (90000, 92000)]
        @test all(piece -> mod(piece.from - piece.target, 4096) == 0, pieces)
        @test target_of(pieces, 90600) == pieces[2].target + 600
    end

    @testset "files of a base are found by its own links" begin
        root = folder_with("usr/lib/real.so.1" => "x")
        symlink("usr/lib", joinpath(root, "lib"))
        symlink("/usr/lib/real.so.1", joinpath(root, "usr", "lib", "real.so"))
        symlink("loop", joinpath(root, "usr", "lib", "loop"))
        base = SmallBase(root, "base")
        @test find_inside(base, "/lib/real.so") == joinpath(root, "usr/lib/real.so.1")
        @test find_inside(base, "/lib/../lib/real.so.1") == joinpath(root, "usr/lib/real.so.1")
        @test find_inside(base, "/lib/loop") === nothing
        @test find_inside(base, "/etc/passwd") === nothing
        @test find_library(base, "real.so") == joinpath(root, "usr/lib/real.so.1")
        @test_throws BuildError check_loader(base, "/lib64/ld-linux-x86-64.so.2")
    end

    @testset "links of Julia's library folders are kept if their files are, and links to nothing are not" begin
        root, output = folder_with("lib/libA.so.1.2" => "A", "lib/libB.so.1.2" => "B"), mktempdir()
        libraries = joinpath(realpath(root), "lib")
        symlink("libA.so.1.2", joinpath(libraries, "libA.so.1"))
        symlink("libB.so.1.2", joinpath(libraries, "libB.so.1"))
        symlink("libC.so.1.2", joinpath(libraries, "libC.so.1"))
        mkpath(string(output, libraries))
        write(string(output, libraries, "/libA.so.1.2"), "A")
        put_links(output, JuliaHome(realpath(root), "", ""))
        @test readdir(string(output, libraries)) == ["libA.so.1", "libA.so.1.2"]
    end

    @testset "a base is asked for the versions that are needed" begin
        base = SmallBase("/", "this one")
        files = with_needed([PROGRAM], Dict{String,String}())
        @test check_versions(base, files, String[]) === nothing
        newer = Binary(PROGRAM, String[], [NeededVersion("libc.so.6", "GLIBC_9.9", 0x7fff), NeededVersion("libc.so.6", "GLIBC_9.10", 0x7fff)])
        error = try check_versions(base, [newer], String[]) catch thrown; thrown end
        @test occursin("GLIBC_9.10", error.message) && occursin(r"whose newest is GLIBC_2\.\d+", error.message)
        @test check_versions(base, [newer], ["libc.so.6"]) === nothing
        @test version_number("GLIBC_2.9") < version_number("GLIBC_2.34")
    end

    @testset "standard libraries come with what they need, unless a package takes their place" begin
        names_of_needed(manifest, keep) = [library.id.name for library in needed_standard_libraries(manifest, Base.PkgId[], keep)]
        @test issubset(["LinearAlgebra", "Libdl"], names_of_needed(ManifestPackage[], String[]))
        @test issubset(["Printf", "Unicode"], names_of_needed(ManifestPackage[], ["Printf"]))
        @test_throws BuildError names_of_needed(ManifestPackage[], ["Nowhere"])
        dependent = ManifestPackage("App", Base.UUID(1), nothing, nothing, "/app", [Base.UUID("8dfed614-e22c-5e08-85e1-65c5234f0b40")], Dict{String,Vector{Base.UUID}}())
        @test "Test" in [library.id.name for library in needed_standard_libraries([dependent], [Base.PkgId(Base.UUID(1), "App")], String[])]
    end

    @testset "libraries that sources name are known by their names" begin
        by_name = Dict("libdSFMT.so" => "/lib/libdSFMT.so.1", "libdSFMT.so.1" => "/lib/libdSFMT.so.1", "libz.so" => "/lib/libz.so")
        folder = folder_with("src/A.jl" => "ccall((:x, :libdSFMT), Cint, ())\nusing Zlib_jll # libz", "test/runtests.jl" => "\"libz\"")
        @test named_libraries([folder], by_name) == ["/lib/libdSFMT.so.1"]
    end

    @testset "imports of a script are found wherever they stand" begin
        folder = folder_with(
            "main.jl" => "using Dates, Foo.Bar\nimport A as B\nusing .Local\nif true\n  @eval using Test: @test\nend\ninclude(\"more.jl\")\n",
            "more.jl" => "import Zlib: x, y\ninclude(\"main.jl\")\n",
            "julia.json" => "{\n  \"leftOut\": [\"Dates\", \"Printf\", \"Test\"],\n}\n")
        script = joinpath(folder, "main.jl")
        @test imported_names(script) == ["Dates", "Foo", "A", "Test", "Zlib"]
        error = try check_imports([script], folder) catch thrown; thrown end
        @test occursin("imports Dates and Test, which", error.message)
        @test check_imports([script], mktempdir()) === nothing
    end
end
end
