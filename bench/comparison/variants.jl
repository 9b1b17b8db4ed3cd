# Prints Project.toml and Manifest.toml of each variant of the project in /project, as this Julia's Pkg makes them.
using Pkg

add, update = ARGS
const folder = "/tmp/project"
cp("/project", folder)
rm(joinpath(folder, "Manifest.toml"); force = true)
Pkg.Registry.add("General")
Pkg.activate(folder)

function show_variant(name)
    for file in ("Project.toml", "Manifest.toml")
        print("\n--- ", name, "/", file, "\n", read(joinpath(folder, file), String))
    end
end

"Take this version of a package, whether or not the project itself needs it."
function take(name, version)
    is_direct = haskey(Pkg.project().dependencies, name)
    Pkg.add(PackageSpec(; name, version))
    is_direct || Pkg.rm(name)
end

Pkg.resolve()
found = [info.version for info in values(Pkg.dependencies()) if info.name == update]
newest = isempty(found) ? nothing : only(found)
if newest !== nothing
    # The registry's file of versions is read as TOML: Pkg has no stable function for it.
    registry = only(Pkg.Registry.reachable_registries())
    uuid = only(uuid for (uuid, info) in Pkg.dependencies() if info.name == update)
    entry = registry.pkgs[uuid]
    text = registry.in_memory_registry === nothing ?
        read(joinpath(registry.path, entry.path, "Versions.toml"), String) :
        registry.in_memory_registry[joinpath(entry.path, "Versions.toml")]
    older = sort!(filter(<(newest), VersionNumber.(keys(Pkg.TOML.parse(text)))); rev = true)
    isempty(older) ? (global newest = nothing) : take(update, first(older))
end
show_variant("cold")
if !isempty(add)
    Pkg.add(add)
    show_variant("dependencyAdded")
end
if newest !== nothing
    take(update, newest)
    show_variant("dependencyUpdated")
end
