# What build scripts write into the depot outside the folders that Julia has there, as Conda.jl does with `conda/`. It belongs to
# the packages of this build: it goes into the image, and not into other builds by way of the cache.

const DEPOT_FOLDERS = Set(["artifacts", "bin", "clones", "compiled", "config", "dev", "environments", "logs", "packages", "prefs", "registries",
    "scratchspaces", "servers", ".frontend", "depot.json", "lost+found"])

made_folders(depot::String) = filter(name -> !(name in DEPOT_FOLDERS), readdir(depot))

remove_made_folders(depot::String) = foreach(name -> rm(joinpath(depot, name); force = true, recursive = true), made_folders(depot))

"Paths below the home folder, three folders deep: enough to tell what a script added."
function home_paths(folder::String = homedir(), depth::Int = 3)
    found = Set{String}()
    for name in (isdir(folder) ? readdir(folder) : String[])
        path = joinpath(folder, name)
        startswith(path, joinpath(homedir(), ".julia")) && continue
        push!(found, path)
        depth > 1 && isdir(path) && !islink(path) && union!(found, home_paths(path, depth - 1))
    end
    return found
end

"Say what a build script left in the home folder of this step, which is no part of the image."
function warn_of_home(package::String, before::Set{String})
    added = sort!(collect(setdiff(home_paths(), before)))
    isempty(added) || say("WARNING: the build script of $package wrote to $(join(added, ", ", " and ")), in the home folder of this step, which is not part of the image")
end
