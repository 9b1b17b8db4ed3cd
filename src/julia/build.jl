# Build scripts (deps/build.jl) of packages.

has_build_script(depot::String, package::ManifestPackage) =
    isfile(joinpath(depot, package_folder(package), "deps", "build.jl"))

# Pkg builds only packages that it installed in the same call. A package from the cache would keep what another project's
# build left, or nothing: so the scripts run in every dependency step, whatever the cache held.
"Run every build script. The first that fails ends the build; its output is in the log."
function build_packages(depot::String, environment::String, packages::Vector{ManifestPackage})
    scripts = filter(package -> in_depot(package) && has_build_script(depot, package), packages)
    isempty(scripts) && return
    pkg().activate(environment)
    for package in scripts
        say("Building $(package.name)")
        pkg().build(package.name; verbose = true)
    end
end
