# The dependency step. It runs with the depot cache mounted at the depot's final path, held by this build alone, and leaves
# three folders that hold exactly what the manifest needs. With any content in the cache the result is the same.
#
# Argument: the folder with settings.toml, Project.toml and, if there are any, Manifest.toml and preferences.

for part in ("say", "environment", "files", "trust", "artifacts", "install", "build",
             "stale", "precompile", "load", "collect", "record")
    include("$part.jl")
end

"Put the environment where this build's own name keeps it apart: compiled files of two projects never share a name."
function prepare_environment(inputs::String, environment::String)
    mkpath(environment)
    for name in readdir(inputs)
        name == "settings.toml" && continue
        write(joinpath(environment, name), read(joinpath(inputs, name)))
    end
end

"A folder for temporary files on the file system of the cache, so that what is ready can be renamed into place."
function prepare_temporary(depot::String)
    folder = joinpath(depot, ".frontend", "temporary")
    rm(folder; force = true, recursive = true)
    mkpath(folder)
    ENV["TMPDIR"] = folder
end

function dependencies(inputs::String)
    settings = parse_toml(joinpath(inputs, "settings.toml"))
    depot, environment = settings["depot"], settings["environment"]
    prepare_temporary(depot)
    prepare_environment(inputs, environment)
    packages = read_manifest(joinpath(environment, "Manifest.toml"))
    install(depot, environment, packages)
    build_packages(depot, environment, packages)
    flags = Vector{String}(settings["flags"])
    failed = precompile_packages(packages, flags, settings["strict"])
    say("Loading the direct dependencies")
    names = filter(name -> !(package_id(name).name in failed), Vector{String}(settings["load"]))
    loaded = load_in_fresh_process(names, flags, settings["strict"])
    say("Copying what the manifest needs")
    shares = collect_outputs(depot, settings["user-depot"], settings["output"], packages, loaded)
    write_record(string(joinpath(settings["output"], "compiled"), joinpath(depot, "depot.json")), shares)
    print_table(shares)
end

run_step(() -> dependencies(ARGS[1]))
