module FilesTests
include("support.jl")
use("say", "files")

@testset "everything below a folder, contents first" begin
    root = folder_with("b/c" => "", "a" => "")
    seen = String[]
    visit_tree((_, relative) -> push!(seen, relative), root)
    @test seen == ["a", "b/c", "b"]
end

@testset "a copy depends on names, contents, times and who may run it" begin
    source = folder_with("bin/run" => "#!/bin/sh\n", "text" => "four")
    chmod(joinpath(source, "bin", "run"), 0o777)
    chmod(joinpath(source, "text"), 0o600)
    symlink("text", joinpath(source, "link"))
    fix_times(source)
    target = joinpath(mktempdir(), "copy")
    @test copy_tree(source, target) == 10 + 4
    @test filemode(joinpath(target, "bin", "run")) & 0o777 == 0o755
    @test filemode(joinpath(target, "text")) & 0o777 == 0o644
    @test readlink(joinpath(target, "link")) == "text"
    for path in ("", "bin", "bin/run", "text", "link")
        @test lstat(joinpath(target, path)).mtime == FIXED_TIME
    end
    @test tree_bytes(target) == 14
    @test tree_bytes(joinpath(target, "text")) == 4
end

@testset "a file that does not fit on the disk is an error" begin
    path = joinpath(mktempdir(), "file")
    write_whole(path, "content")
    @test read(path, String) == "content"
    @test_throws Exception write_whole("/dev/full", "content")
    @test_throws Exception write_whole("/dev/full", zeros(UInt8, 1_000_000))
    @test can_write(1_000)
    @test is_of_full_disk("IOError: mkdir: no space left on device (ENOSPC)")
    @test !is_of_full_disk("the archive is damaged")
end

@testset "folders that are made have the same mode whatever the umask" begin
    path = joinpath(mktempdir(), "a", "b")
    make_folders(path)
    @test filemode(dirname(path)) & 0o777 == 0o755
    @test filemode(path) & 0o777 == 0o755
end
end
