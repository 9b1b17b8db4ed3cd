# Compiles the dependencies of the active project in the depot ARGS[1], which builds share, and copies the compiled files that
# loading them uses into the depot of the image. What the README of beacon-biosignals/julia-container-scripts says of
# pkg-precompile.jl, in words of our own; path dependencies are left out.
using Pkg

cache = joinpath(ARGS[1], "compiled")
depot = joinpath(DEPOT_PATH[1], "compiled")
project = dirname(Base.active_project())

mkpath(cache)
rm(depot; recursive = true, force = true)
symlink(cache, depot)

# The name of a compiled file depends on the folder of the project: one for each content of the manifest.
place = string(project, "-", bytes2hex(Base.SHA1(Pkg.GitTools.blob_hash(joinpath(project, "Manifest.toml"))).bytes))
mkpath(place)
for name in readdir(project) cp(joinpath(project, name), joinpath(place, name); force = true) end
Base.set_active_project(joinpath(place, "Project.toml"))
Pkg.precompile(collect(String, keys(Pkg.project().dependencies)); strict = true)

# Base.compilecache_path takes a package alone since Julia 1.11; before, all that bear the name are copied.
packages = [Base.PkgId(uuid, info.name) for (uuid, info) in Pkg.dependencies()]
files = String[]
for package in packages
    paths = VERSION >= v"1.11" ? [Base.compilecache_path(package)] : Base.find_all_in_cache_path(package)
    append!(files, path for path in paths if path !== nothing && startswith(path, depot))
end
# An extension has a UUID that Base makes of its package's and its name.
for name in readdir(joinpath(depot, "v$(VERSION.major).$(VERSION.minor)")), info in values(Pkg.Types.EnvCache().manifest)
    name in keys(info.exts) || continue
    extension = Base.PkgId(Base.uuid5(info.uuid, name), name)
    append!(files, Base.find_all_in_cache_path(extension))
end

rm(depot)
for file in files
    from = joinpath(cache, relpath(file, depot))
    to = mkpath(dirname(file))
    for name in readdir(dirname(from))
        startswith(name, first(splitext(basename(from)))) || continue
        cp(joinpath(dirname(from), name), joinpath(to, name); force = true)
    end
end
