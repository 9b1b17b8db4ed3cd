module InstallTests
include("support.jl")
use("say", "settings", "files", "manifest", "trust", "lazy", "access", "wanted", "curl")

const PACKAGE = Base.UUID("10000000-0000-0000-0000-000000000000")

package(name, hash) = ManifestPackage(name, PACKAGE, "1.2.3", hash, nothing, Base.UUID[], NO_EXTENSIONS)

"A Pkg server of one package: a folder with an archive that `pack` makes."
function served(work::Function, pack::Function, asked::ManifestPackage)
    server = mktempdir()
    archive = joinpath(server, "package", string(asked.uuid), string(asked.tree_hash))
    mkpath(dirname(archive))
    pack(archive)
    depot = mktempdir()
    withenv(() -> work(depot), "JULIA_PKG_SERVER" => "file://$server/")
end

pack_folder(folder) = archive -> run(`tar --create --gzip --file $archive --directory $folder .`)

@testset "the Pkg server is the one that Pkg would take" begin
    server(value) = withenv(package_server, "JULIA_PKG_SERVER" => value)
    @test server(nothing) == "https://pkg.julialang.org"
    @test server("") === nothing
    @test server("pkg.example.com/") == "https://pkg.example.com"
    @test server("http://pkg.example.com") == "http://pkg.example.com"
end

if Sys.which("curl") === nothing || Sys.which("tar") === nothing
    println("Not tested, since there is no curl or tar here: packages by curl")
else
    @testset "a package by curl is put into the depot if it is the right one" begin
        folder = folder_with("src/Small.jl" => "module Small end\n", "bin/run" => "#!")
        chmod(joinpath(folder, "bin", "run"), 0o755)
        right = package("Small", tree_hash(folder))
        served(pack_folder(folder), right) do depot
            @test download_by_curl(depot, [right]) === nothing
            put = joinpath(depot, package_folder(right))
            @test read(joinpath(put, "src", "Small.jl"), String) == "module Small end\n"
            @test tree_hash(put) == right.tree_hash && is_noted(depot, package_folder(right))
            @test isempty(lacking(depot, [right])) && isempty(absent_packages(depot, [right]))
        end
    end

    @testset "a server with a name or a password before its host is left to Pkg" begin
        folder = folder_with("src/Small.jl" => "")
        right = package("Small", tree_hash(folder))
        served(pack_folder(folder), right) do depot
            withenv("JULIA_PKG_SERVER" => replace(ENV["JULIA_PKG_SERVER"], "file://" => "file://someone:secret@localhost")) do
                download_by_curl(depot, [right])
            end
            @test lacking(depot, [right]) == [right]
        end
    end

    @testset "what is not right is left to Pkg: $what" for (what, pack) in (
            "another content" => pack_folder(folder_with("src/Small.jl" => "module Other end\n")),
            "no archive" => archive -> write(archive, "<html>"),
            "the end missing" => function (archive)
                pack_folder(folder_with("src/Small.jl" => join(rand(UInt8, 2000), ' ')))(archive)
                write(archive, read(archive)[1:1000])
            end,
            "nothing" => archive -> nothing,
            "a pipe" => function (archive)
                folder = folder_with("src/Small.jl" => "")
                run(`mkfifo $(joinpath(folder, "pipe"))`)
                pack_folder(folder)(archive)
            end)
        wanted = package("Small", Base.SHA1("42d5f897009e7ff2cf88db414a389e5ed1bdd023"))
        served(pack, wanted) do depot
            @test download_by_curl(depot, [wanted]) === nothing
            @test lacking(depot, [wanted]) == [wanted]
            @test !ispath(joinpath(depot, "packages"))
        end
    end

    @testset "an archive with a path outside of its folder puts nothing there" begin
        folder = folder_with("src/Small.jl" => "", "evil" => "")
        wanted = package("Small", tree_hash(folder))
        outside = joinpath(mktempdir(), "evil")
        pack(archive) = run(`tar --create --gzip --absolute-names --file $archive --directory $folder --transform s,^evil,$outside, src evil`)
        served(pack, wanted) do depot
            download_by_curl(depot, [wanted])
            @test !ispath(outside)
            @test lacking(depot, [wanted]) == [wanted]
        end
    end
end
end
