# The dependency step. It runs with the depot cache mounted at the depot's final path, held by this build alone, and leaves
# three folders that hold exactly what the manifest needs. With any content in the cache the result is the same.
#
# Argument: the folder with settings.toml, Project.toml and, if there are any, Manifest.toml and preferences.

for part in ("say", "environment", "files", "trust", "interpreted", "failures", "stale", "artifacts", "access", "download", "download_1_5",
             "host_keys_1_5", "registries", "install", "resolve", "build",
             "precompile", "load", "licences", "output", "collect", "record", "housekeeping")
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

"Packages that the image needs but that can be compiled only with the project, as entries of a manifest."
install_only(settings::AbstractDict) = [manifest_package(entry["name"], entry) for entry in settings["install-only"]]

"The packages of the environment; if it has no manifest, Pkg chooses them first."
function environment_packages(depot::String, environment::String, sources::Sources)
    manifest = joinpath(environment, "Manifest.toml")
    isfile(manifest) || resolve(depot, environment, sources)
    return read_manifest(manifest)
end

"Install, build, precompile and load. Returns the modules that were loaded."
function prepare_packages(settings::AbstractDict, packages::Vector{ManifestPackage}, extra::Vector{ManifestPackage})
    depot, environment, with_lazy = settings["depot"], settings["environment"], settings["lazy-artifacts"]
    flags, strict = Vector{String}(settings["flags"]), settings["strict"]
    installed = filter(in_depot, [packages; extra])
    install(depot, environment, installed, Sources(settings))
    install_artifacts(depot, installed, with_lazy)
    build_packages(depot, environment, packages)
    remove_broken_files(depot, [identity(package) for package in packages])
    hide_lazy_artifacts(depot, installed)
    failed = precompile_packages(packages, strict)
    say("Loading the direct dependencies")
    names = filter(name -> !(package_id(name).name in failed), Vector{String}(settings["load"]))
    loaded = load_in_fresh_process(names, flags, strict)
    note_lazy_artifacts(depot, installed)
    return loaded
end

function dependencies(inputs::String)
    settings = parse_toml(joinpath(inputs, "settings.toml"))
    depot, environment, output = settings["depot"], settings["environment"], settings["output"]
    prepare_temporary(depot)
    prepare_environment(inputs, environment)
    sources = prepare_access(settings)
    packages = environment_packages(depot, environment, sources)
    extra = install_only(settings)
    loaded = prepare_packages(settings, packages, extra)
    say("Copying what the manifest needs")
    place = Place(depot, settings["user-depot"], output, Layers(settings["layers"]))
    shares = collect_outputs(place, [packages; extra], loaded, settings["lazy-artifacts"])
    settings["keep-registries"] && collect_registries(place, sources)
    settings["manifest-target"] == "" || write_manifest(environment, in_output(last_part(place, :packages), settings["manifest-target"]))
    write_record(in_output(last_part(place, :compiled), joinpath(depot, "depot.json")), shares)
    finish_output(output)
    print_table(shares)
    note_used(depot, used_paths(place))
    restore_untouched(depot, packages)
    clean_cache(depot, settings["max-unused-days"])
end

run_step(() -> dependencies(ARGS[1]))
