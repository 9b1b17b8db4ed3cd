# Writes manifests for the tests with the Pkg of the Julia that is tested: `julia -e <this text> PORT`.
#
# It listens on the loopback and answers one request per connection. A request is its length in bytes as a line, and then TOML:
#
#     server = "http://127.0.0.1:8721"        the Pkg server to ask
#     folder = "services/web"                 where the project lies in the files
#     develop = ["../../libs/Paper"]          folders, as seen from the project, that its manifest is to track
#     [[track]]                               repositories that its manifest is to track
#     url = "http://127.0.0.1:4321/Greetings.git"
#     rev = "main"
#     [[files]]                               everything that Pkg has to see of the project and around it
#     path = "services/web/Project.toml"
#     text = "[deps]\n"
#
# The answer is TOML without a length: `files` are the project files and manifests as Pkg left them, or `error` says what was
# wrong. It is one process for many requests because Julia compiles Pkg anew in each; runs on Julia 1.5 and newer.

# Before anything is run: functions that are running do not see what is loaded while they run.
using Pkg, Sockets

const TOML = Pkg.TOML

"What comes with Julia. The first depot of each request is one of its own."
const BUNDLED_DEPOTS = DEPOT_PATH[2:end]

function serve(port::Int)
    # Nothing is to be compiled for the sake of a manifest.
    ENV["JULIA_PKG_PRECOMPILE_AUTO"] = "0"
    server = listen(ip"127.0.0.1", port)
    println("Listening on $port")
    flush(stdout)
    while true
        connection = accept(server)
        try
            answer(connection)
        catch error
            # The one who asked may be gone; the next one is served all the same.
            showerror(stderr, error, catch_backtrace())
        finally
            close(connection)
        end
    end
end

function answer(connection::IO)
    length = parse(Int, readline(connection))
    request = TOML.parse(String(read(connection, length)))
    reply = try
        Dict("files" => resolve(request))
    catch error
        Dict("error" => sprint(showerror, error, catch_backtrace()))
    end
    TOML.print(connection, reply)
end

"Let Pkg make the manifest in folders that are gone afterwards. Returns what it left."
function resolve(request::AbstractDict)
    root, depot = mktempdir(), mktempdir()
    append!(empty!(DEPOT_PATH), [depot; BUNDLED_DEPOTS])
    ENV["JULIA_PKG_SERVER"] = request["server"]
    try
        write_files(root, request["files"])
        make_manifest(joinpath(root, request["folder"]), request)
        return read_files(root)
    finally
        rm(root; force = true, recursive = true)
        rm(depot; force = true, recursive = true)
    end
end

function write_files(root::String, files)
    for file in files
        path = joinpath(root, file["path"])
        mkpath(dirname(path))
        write(path, file["text"])
        endswith(path, "Project.toml") && add_source(dirname(path), TOML.parse(file["text"]))
    end
end

"Older versions look for the source file of whatever has a name."
function add_source(folder::String, project::AbstractDict)
    haskey(project, "name") || return
    file = joinpath(folder, "src", string(project["name"], ".jl"))
    isfile(file) || (mkpath(dirname(file)); touch(file))
end

function make_manifest(project::String, request::AbstractDict)
    Pkg.Registry.add([Pkg.RegistrySpec(; name = "General")])
    file = joinpath(project, "Project.toml")
    text = read(file, String)
    cd(project) do
        Pkg.activate(".")
        developed = [Pkg.PackageSpec(; path = path) for path in request["develop"]]
        isempty(developed) || Pkg.develop(developed)
        tracked = [Pkg.PackageSpec(; url = each["url"], rev = each["rev"]) for each in get(request, "track", [])]
        isempty(tracked) || Pkg.add(tracked)
        # Those were made direct dependencies. The manifest keeps where they come from.
        write(file, text)
        finish()
    end
end

"Pkg writes the manifest before it runs build scripts: of one that fails, as some are made to, nobody need know here."
function finish()
    try
        Pkg.resolve()
    catch error
        error isa Pkg.Types.PkgError && occursin("Error building", error.msg) || rethrow()
    end
end

function read_files(root::String)
    files = Dict{String,String}[]
    for (folder, _, names) in walkdir(root), name in names
        occursin(r"^(Julia)?(Project|Manifest).*\.toml$", name) || continue
        path = joinpath(folder, name)
        push!(files, Dict("path" => relpath(path, root), "text" => read(path, String)))
    end
    return files
end

serve(parse(Int, ARGS[1]))
