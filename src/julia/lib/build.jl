# Build scripts (deps/build.jl) of packages.
#
# A script changes its package's folder, so the folder no longer has the content that its name promises. The untouched folder
# is kept aside while the built one is in use, and put back once the image's files are copied: the cache holds only folders
# that can be checked, and every build starts from the same.

untouched_folder(depot::String, package::ManifestPackage) =
    joinpath(depot, ".frontend", "untouched", replace(package_folder(package), '/' => '+'))

# Pkg builds only packages that it installed in the same call: one from the cache would keep what another project's build left, or
# nothing. And `Pkg.build` resolves the environment and asks the registries (Julia 1.6 and newer), for which an image that has its
# manifest has no use. So the scripts run here, in every dependency step, once each.
"Run every build script, in dependency order. The first that fails ends the build; its output is in the log."
function build_packages(depot::String, environment::String, packages::Vector{ManifestPackage}, flags::Vector{String}, sources::Sources)
    for package in filter(package -> has_build_script(depot, package), in_dependency_order(packages))
        say("Building $(package.name) $(something(package.version, ""))")
        set_aside(depot, package)
        folder = script_environment(depot, environment, package, packages, sources)
        home = home_paths()
        run_build_script(package, build_script(depot, package), folder, flags)
        warn_of_home(package.name, home)
        mark_built_files(joinpath(depot, package_folder(package)), untouched_folder(depot, package))
    end
end

function set_aside(depot::String, package::ManifestPackage)
    aside = untouched_folder(depot, package)
    rm(aside; force = true, recursive = true)
    copy_tree(joinpath(depot, package_folder(package)), aside)
end

# As Pkg does it (`gen_build_code` and `sandbox` in Pkg's Operations.jl), but for its -O0: what a script loads is compiled for the
# image already.
function run_build_script(package::ManifestPackage, script::String, environment::String, flags::Vector{String})
    code = "cd($(repr(dirname(script)))); include($(repr(script)))"
    command = with_variables(julia_command(flags, "--eval", code), "JULIA_PROJECT" => environment, "JULIA_LOAD_PATH" => "@:@stdlib")
    success(pipeline(command; stdout = stdout, stderr = stdout)) ||
        throw(BuildError("the build script of $(package.name) failed; its output stands above"))
end

with_variables(command::Cmd, variables::Pair{String,String}...) =
    IS_1_5 ? addenv_1_5(command, variables...) : addenv(command, variables...)

"""
An environment in which a package's script can load what Pkg would let it: what deps/Project.toml names, or else the package's own
dependencies and those of its target `build`, and the package. Versions are those of the manifest. Returns its folder.
"""
function script_environment(depot::String, environment::String, package::ManifestPackage, packages::Vector{ManifestPackage}, sources::Sources)
    wanted = script_dependencies(joinpath(depot, package_folder(package)))
    present = Set{Base.UUID}(each.uuid for each in packages)
    absent = filter(pair -> !(pair.second in present) && !is_standard_library(pair.first), wanted)
    named = merge(filter(pair -> pair.second in present, wanted), absent, Dict(package.name => package.uuid))
    folder = mktempdir()
    write_script_project(folder, environment, named, packages)
    cp(joinpath(environment, "Manifest.toml"), joinpath(folder, "Manifest.toml"))
    isempty(absent) || resolve_script_environment(depot, folder, package, absent, sources)
    return folder
end

"What the script of the package in this folder may load, as UUIDs by name."
function script_dependencies(root::String)
    own = joinpath(root, "deps", "Project.toml")
    isfile(own) && return uuids(get(parse_toml(own), "deps", Dict{String,Any}()))
    file = project_file(root)
    file === nothing && return Dict{String,Base.UUID}()
    project = parse_toml(file)
    extras = uuids(get(project, "extras", Dict{String,Any}()))
    targets = get(get(project, "targets", Dict{String,Any}()), "build", String[])
    return merge(uuids(get(project, "deps", Dict{String,Any}())), filter(pair -> pair.first in targets, extras))
end

uuids(table::AbstractDict) = Dict{String,Base.UUID}(name => Base.UUID(uuid) for (name, uuid) in table)

is_standard_library(name::String) = isdir(joinpath(Sys.STDLIB, name))

# Julia heeds preferences only for packages that the project lists. With all of them among the extras a script loads the compiled
# files that the image will have, and makes no others.
function write_script_project(folder::String, environment::String, named::Dict{String,Base.UUID}, packages::Vector{ManifestPackage})
    given = parse_toml(joinpath(environment, "Project.toml"))
    extras = Dict{String,String}(package.name => string(package.uuid) for package in packages if !haskey(named, package.name))
    project = Dict{String,Any}("deps" => Dict{String,String}(name => string(uuid) for (name, uuid) in named), "extras" => extras)
    haskey(given, "preferences") && (project["preferences"] = given["preferences"])
    open(io -> PKG.TOML.print(io, project), joinpath(folder, "Project.toml"), "w")
    local_preferences = joinpath(environment, "LocalPreferences.toml")
    isfile(local_preferences) && cp(local_preferences, joinpath(folder, "LocalPreferences.toml"))
end

"Let Pkg find what a script needs and the manifest has not. It is installed for the script alone."
function resolve_script_environment(depot::String, folder::String, package::ManifestPackage, absent::Dict{String,Base.UUID}, sources::Sources)
    listed = join(sort!(collect(keys(absent))), ", ", " and ")
    say("  the script needs $listed, which the manifest does not have")
    try
        with_registries(depot, sources) do
            PKG.activate(folder)
            compiled_as_usual(() -> (PKG.resolve(); PKG.instantiate()))
        end
    catch error
        error isa InterruptException && rethrow()
        throw(BuildError(string("the build script of $(package.name) needs $listed, which could not be installed: ", sprint(showerror, error))))
    end
end

"""
Give files that a build script wrote a modification time that is a function of their content. Julia up to 1.10 compiles
a package again if the time of a file it includes differs, so it does that when, and only when, the script wrote something else.
"""
function mark_built_files(folder::String, untouched::String)
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
