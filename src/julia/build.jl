# Build scripts (deps/build.jl) of packages.
#
# A script changes its package's folder, so the folder no longer has the content that its name promises. The untouched folder
# is kept aside while the built one is in use, and put back once the image's files are copied: the cache holds only folders
# that can be checked, and every build starts from the same.

has_build_script(depot::String, package::ManifestPackage) =
    in_depot(package) && isfile(joinpath(depot, package_folder(package), "deps", "build.jl"))

untouched_folder(depot::String, package::ManifestPackage) =
    joinpath(depot, ".frontend", "untouched", replace(package_folder(package), '/' => '+'))

# Pkg builds only packages that it installed in the same call. A package from the cache would keep what another project's
# build left, or nothing: so the scripts run in every dependency step, whatever the cache held.
"Run every build script, in dependency order. The first that fails ends the build; its output is in the log."
function build_packages(depot::String, environment::String, packages::Vector{ManifestPackage})
    scripts = filter(package -> has_build_script(depot, package), in_dependency_order(packages))
    isempty(scripts) && return
    pkg().activate(environment)
    for package in scripts
        say("Building $(package.name) $(something(package.version, ""))")
        set_aside(depot, package)
        run_build_script(package)
        mark_built_files(joinpath(depot, package_folder(package)), untouched_folder(depot, package))
    end
end

function set_aside(depot::String, package::ManifestPackage)
    aside = untouched_folder(depot, package)
    rm(aside; force = true, recursive = true)
    copy_tree(joinpath(depot, package_folder(package)), aside)
end

# Julia 1.5 logs a failing script as an error and goes on; newer ones throw.
function run_build_script(package::ManifestPackage)
    errors = IOBuffer()
    logger = Base.CoreLogging.SimpleLogger(errors, Base.CoreLogging.Error)
    try
        Base.CoreLogging.with_logger(logger) do
            compiled_as_usual(() -> pkg().build(package.name; verbose = true))
        end
    catch error
        error isa InterruptException && rethrow()
        throw(BuildError("the build script of $(package.name) failed: $(sprint(showerror, error))"))
    end
    isempty(take!(errors)) || throw(BuildError("the build script of $(package.name) failed; its output stands above"))
end

"""
Give files that a build script wrote a modification time that is a function of their content. Julia up to 1.10 compiles
a package again if the time of a file it includes differs, so it does that when, and only when, the script wrote something else.
"""
function mark_built_files(folder::String, untouched::String)
    # Of Julia 1.5; newer ones log elsewhere. It names times and paths of this build.
    rm(joinpath(folder, "deps", "build.log"); force = true)
    visit_tree(folder) do path, relative
        original = joinpath(untouched, relative)
        if islink(path) || isdir(path) || (isfile(original) && read(original) == read(path))
            set_time(path, FIXED_TIME)
        else
            set_time(path, FIXED_TIME + 1 + Base._crc32c(read(path)) % 900_000_000)
        end
    end
end

"Put the untouched folders back in place of the built ones."
function restore_untouched(depot::String, packages::Vector{ManifestPackage})
    for package in packages
        in_depot(package) && isdir(untouched_folder(depot, package)) || continue
        folder = package_folder(package)
        rm(joinpath(depot, folder); force = true, recursive = true)
        mv(untouched_folder(depot, package), joinpath(depot, folder))
        note_checked(depot, folder)
    end
end
