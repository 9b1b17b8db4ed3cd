module CacheTests
include("support.jl")
use("say", "settings", "files", "manifest", "pkg", "trust", "housekeeping", "compilable", "stale", "units", "finished", "lazy", "hide_lazy", "scratch", "compile_report")

const DAY = 86_400

@testset "what no build used for long is removed, and what one used is kept" begin
    depot = folder_with(
        "packages/Old/aaaaa/src/Old.jl" => "12345",
        "packages/New/bbbbb/src/New.jl" => "",
        "artifacts/cccc/file" => "",
        "artifacts/Overrides.toml" => "",
        "compiled/v1.11/Old/aaaaa_x.ji" => "123",
        ".frontend/lazy/Old+aaaaa_x.ji+cccc" => "",
        ".frontend/lazy/Gone+ddddd_x.ji+cccc" => "")
    @test Set(entries(depot)) == Set(["packages/Old/aaaaa", "packages/New/bbbbb", "artifacts/cccc", "compiled/v1.11/Old/aaaaa_x.ji"])
    note_used(depot, ["packages/New/bbbbb", "artifacts/cccc"])
    @test clean_cache(depot, 0; now = time() + 100DAY) == 0
    @test clean_cache(depot, 10; now = time() + 5DAY) == 0
    @test !ispath(joinpath(depot, ".frontend", "lazy", "Gone+ddddd_x.ji+cccc"))
    @test ispath(joinpath(depot, ".frontend", "lazy", "Old+aaaaa_x.ji+cccc"))
    # It looks once a day at most.
    @test clean_cache(depot, 1; now = time() + DAY / 2) == 0
    for path in ("packages+New+bbbbb", "artifacts+cccc")
        run(`touch -d "@$(round(Int, time() + 9DAY))" $(joinpath(used_folder(depot), path))`)
    end
    @test clean_cache(depot, 5; now = time() + 10DAY) == 8
    @test Set(entries(depot)) == Set(["packages/New/bbbbb", "artifacts/cccc"])
    @test isfile(joinpath(depot, "artifacts", "Overrides.toml"))
    @test !ispath(joinpath(depot, ".frontend", "lazy", "Old+aaaaa_x.ji+cccc"))
end

@testset "a folder is trusted as long as it looks as it did when it was checked" begin
    depot = folder_with("packages/A/aaaaa/file" => "1")
    folder = "packages/A/aaaaa"
    @test !is_noted(depot, folder)
    note_checked(depot, folder)
    @test is_noted(depot, folder)
    write(joinpath(depot, folder, "file"), "2")
    @test !is_noted(depot, folder)
end

@testset "a folder with another content than its name promises is removed" begin
    depot = folder_with("packages/A/aaaaa/file" => "1")
    folder = "packages/A/aaaaa"
    hash = tree_hash(joinpath(depot, folder))
    @test check_folder(depot, folder, hash)
    @test lstat(joinpath(depot, folder, "file")).mtime == FIXED_TIME
    write(joinpath(depot, folder, "file"), "2")
    @test !check_folder(depot, folder, hash)
    @test !ispath(joinpath(depot, folder))
end

# What Git calls a tree sorts `b-c` before `b/`, and `b/` before `b0`.
const NAMES_AROUND_A_FOLDER = ("b-c" => "1", "b/c" => "2", "b/d/e" => "3", "b0" => "4", "Ä" => "5")

@testset "a folder has the hash that Pkg gives it" begin
    root = folder_with("lib/a.so" => "1"^2_100_000, "bin/run" => "#!", "x" => "", NAMES_AROUND_A_FOLDER...)
    chmod(joinpath(root, "bin", "run"), 0o755)
    symlink("lib/a.so", joinpath(root, "link"))
    symlink("nowhere", joinpath(root, "b", "link"))
    mkpath(joinpath(root, "empty", "too"))
    right() = Base.SHA1(PKG.GitTools.tree_hash(root))
    @test tree_hash(root) == large_tree_hash(root) == right()
    write(joinpath(root, "x"), "z")
    @test tree_hash(root) == large_tree_hash(root) == right()
    @test string(tree_hash(mktempdir())) == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    IS_1_5 || Base.Libc.Libdl.dlopen("libcrypto.so.3"; throw_error = false) === nothing || @test load_openssl()
end

@testset "lazy artifacts are put out of reach and back" begin
    depot = folder_with("artifacts/cccc/file" => "")
    artifacts = [LazyArtifact(Base.PkgId(Base.UUID("10000000-0000-0000-0000-000000000000"), "NoSuchPackage"), "cccc")]
    file = tempname()
    write_lazy(file, artifacts)
    @test read_lazy(file) == artifacts
    hide_lazy_artifacts(depot, artifacts)
    @test !is_visible(depot, "cccc")
    restore_hidden(depot)
    @test is_visible(depot, "cccc")
end

@testset "a compiled file of which it is not known what it left is removed" begin
    package = Base.UUID("10000000-0000-0000-0000-000000000000")
    file = joinpath("compiled", "v1.12", "A", string(Base.package_slug(package), "_x.ji"))
    depot = folder_with(file => "", replace(file, ".ji" => ".so") => "", "compiled/v1.12/B/bbbbb_x.ji" => "")
    path = joinpath(depot, file)
    @test own_compiled_files(depot, package) == [path]
    @test !is_finished(depot, package, path)
    keep_scratch(depot, package, path)
    @test is_finished(depot, package, path)
    remove_unfinished(depot, package)
    @test isfile(path)
    rm(scratch_copy(depot, package, path))
    remove_unfinished(depot, package)
    @test !isfile(path) && !isfile(replace(path, ".ji" => ".so"))
    @test isfile(joinpath(depot, "compiled", "v1.12", "B", "bbbbb_x.ji"))
end

@testset "what a package left is kept whole, and may be nothing" begin
    package = Base.UUID("10000000-0000-0000-0000-000000000000")
    compiled = "compiled/v1.12/A/aaaaa_x.ji"
    depot = folder_with("scratchspaces/$package/key/file" => "left")
    keep_scratch(depot, package, compiled)
    @test read(joinpath(scratch_copy(depot, package, compiled), "key", "file"), String) == "left"
    rm(scratch_space(depot, package); recursive = true)
    keep_scratch(depot, package, compiled)
    @test isempty(readdir(scratch_copy(depot, package, compiled)))
    @test readdir(dirname(scratch_copy(depot, package, compiled))) == [basename(scratch_copy(depot, package, compiled))]
end

@testset "the report of the compiling process" begin
    files = [CompiledFile(Base.UUID("10000000-0000-0000-0000-000000000000"), "/depot/compiled/v1.11/A/a b.ji")]
    report = tempname()
    write_report(report, files)
    @test read_report(report) == files
end
end
