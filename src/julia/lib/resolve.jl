# Versions for a project that has no manifest.

"""
Let Pkg choose versions, from the registries as they are now, and install them. The manifest is left in the environment.
"""
function resolve(depot::String, environment::String, sources::Sources)
    say("There is no Manifest.toml: choosing versions")
    with_registries(depot, sources) do
        # Registries that the cache holds may be older than what the project asks for.
        sources.offline || update_registries()
        instantiate(environment)
    end
end

function update_registries()
    registries = joinpath(first(DEPOT_PATH), "registries")
    isdir(registries) && !isempty(readdir(registries)) || return
    try
        compiled_as_usual(() -> PKG.Registry.update())
    catch error
        error isa InterruptException && rethrow()
        say("WARNING: the registries could not be updated: $(first_line(sprint(showerror, error)))")
    end
end

"""
Put the chosen versions into the image, where Julia looks for the project's manifest. There the folders of packages are others than
in the environment of this step, and the hash is that of the project itself.
"""
function write_manifest(environment::String, settings::AbstractDict, file::String)
    text = read(joinpath(environment, "Manifest.toml"), String)
    for folder in settings["manifest-paths"]
        text = replace(text, "path = \"$(folder["made"])\"\n" => "path = \"$(folder["real"])\"\n")
    end
    hash = settings["manifest-hash"]
    isempty(hash) || (text = replace(text, r"^project_hash = .*\n"m => hash == "none" ? "" : "project_hash = \"$hash\"\n"))
    make_folders(dirname(file))
    write_whole(file, text)
    set_mode(file, 0o644)
    set_time(file, FIXED_TIME)
end
