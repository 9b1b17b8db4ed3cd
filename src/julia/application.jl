# The application step. It runs on the finished image, read-only and without network, and leaves one folder: the compiled
# files of the project (and of packages that live beside it) as a partial depot.
#
# Everything is loaded once as the image's user with the depot as the image has it. If Julia has to compile anything for
# that, the image would do so at every start: the build fails.
#
# Argument: the settings file.

for part in ("say", "environment", "files", "user", "precompile", "load")
    include("$part.jl")
end

"""
The packages to load: the direct dependencies and, if the project is a package with sources, the project (`Name=uuid`).
A project can have a name without being a package that can be loaded.
"""
function packages_to_load(settings::AbstractDict)
    names = Vector{String}(settings["load"])
    project = settings["package"]
    isempty(project) || Base.locate_package(package_id(project)) === nothing || push!(names, project)
    return names
end

"Compile packages into the output's depot, which comes first; the image's own is read-only and comes second."
function compile_into(settings::AbstractDict, names::Vector{String}, flags::Vector{String})
    withenv("JULIA_DEPOT_PATH" => join([settings["output"], settings["depot"], ""], ':')) do
        compile_packages(names, flags, settings["strict"])
    end
end

"Load as the image's user and fail if Julia compiled anything on the way."
function verify(settings::AbstractDict, names::Vector{String}, flags::Vector{String})
    isempty(names) && return
    writable = mktempdir()
    chmod(writable, 0o777)
    user = image_user(settings["user"])
    depots = join([writable; settings["output"]; settings["depot"]; ""], ':')
    say("Loading $(join((package_id(name).name for name in names), ", ")) as user $(settings["user"])")
    withenv("JULIA_DEPOT_PATH" => depots, "HOME" => user.home, "FRONTEND_USER" => "$(user.uid):$(user.gid)") do
        load_in_fresh_process(names, ["--load=$(program("as_user.jl"))"; flags])
    end
    compiled = compiled_names(joinpath(writable, "compiled"))
    isempty(compiled) && return
    message = "the image would compile $(join(compiled, ", ", " and ")) whenever it starts"
    settings["strict"] && throw(BuildError("$message.\nThis is a fault of the build, not of the project, unless a package changes its own files when it is loaded."))
    say("WARNING: $message")
end

"Names of the packages that have compiled files below `compiled/v1.x`."
function compiled_names(root::String)
    isdir(root) || return String[]
    return sort!(unique!([name for version in readdir(root) for name in readdir(joinpath(root, version))]))
end

"Leave only what belongs into the image and is not there already."
function tidy_output(output::String, depot::String)
    for name in readdir(output)
        name in ("compiled", "scratchspaces") || rm(joinpath(output, name); force = true, recursive = true)
    end
    scratch = joinpath(output, "scratchspaces")
    for uuid in (isdir(scratch) ? readdir(scratch) : String[])
        isdir(joinpath(depot, "scratchspaces", uuid)) && rm(joinpath(scratch, uuid); recursive = true)
    end
    fix_times(output)
end

function application(settings_file::String)
    settings = parse_toml(settings_file)
    names = packages_to_load(settings)
    flags = Vector{String}(settings["flags"])
    settings["package"] in names && compile_into(settings, [settings["package"]], flags)
    verify(settings, names, flags)
    tidy_output(settings["output"], settings["depot"])
end

run_step(() -> application(ARGS[1]))
