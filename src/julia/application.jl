# The application step. It runs on the image as it will be, without network and without cache. Its changes to the image are
# thrown away; what it leaves is one file system to be laid over the image: the compiled files of the project, and scratch
# spaces that were made when it was loaded.
#
# Everything is compiled and loaded as the image's user, with the depots that the image has. If Julia has to compile
# a dependency for that, the image would do so at every start: the build fails.
#
# Argument: the settings file.

for part in ("say", "environment", "files", "user", "precompile", "load")
    include("$part.jl")
end

"Those of the packages (`Name=uuid`) that can be found: a project can have a name without having sources."
found(names) = filter(name -> Base.locate_package(package_id(name)) !== nothing, Vector{String}(names))

"Run `work` so that Julia processes it starts search these depots and, with the flag `--load=as_user.jl`, run as the user."
function as_user(work::Function, user::ImageUser, depots::Vector{String})
    environment = ("JULIA_DEPOT_PATH" => join([depots; ""], ':'), "HOME" => user.home, "FRONTEND_USER" => "$(user.uid):$(user.gid)")
    return withenv(() -> work("--load=$(program("as_user.jl"))"), environment...)
end

"A folder for the user's compiled files, laid out as the image's depot."
function prepare_output(settings::AbstractDict, user::ImageUser)
    folder = string(settings["output"], settings["depot"])
    make_folders(folder)
    chown(folder, user.uid, user.gid)
    return folder
end

"Fail if loading left compiled files: the image would make them at every start."
function check_nothing_compiled(user_depot::String, strict::Bool)
    compiled = compiled_names(joinpath(user_depot, "compiled"))
    isempty(compiled) && return
    message = "the image would compile $(join(compiled, ", ", " and ")) whenever it starts"
    strict && throw(BuildError("$message.\nA package that changes its own files when it is loaded can cause this."))
    say("WARNING: $message")
end

"Names of the packages that have compiled files below `compiled/v1.x`."
function compiled_names(root::String)
    isdir(root) || return String[]
    return sort!(unique!([name for version in readdir(root) for name in readdir(joinpath(root, version))]))
end

"Keep the scratch spaces that loading the project made; those of the dependencies are links to the depot."
function collect_scratch_spaces(settings::AbstractDict)
    spaces = joinpath(settings["user-depot"], "scratchspaces")
    for uuid in (isdir(spaces) ? readdir(spaces) : String[])
        space = joinpath(spaces, uuid)
        islink(space) || copy_tree(space, string(settings["output"], space), SHARED)
    end
end

"Only compiled files belong into the image, readable for everyone."
function tidy_depot(folder::String)
    for name in readdir(folder)
        name == "compiled" || rm(joinpath(folder, name); force = true, recursive = true)
    end
    visit_tree((path, _) -> chmod(path, isdir(path) ? 0o755 : 0o644), folder)
end

function application(settings_file::String)
    settings = parse_toml(settings_file)
    flags = Vector{String}(settings["flags"])
    user = image_user(settings["user"])
    output = prepare_output(settings, user)
    own = found(settings["compile"])
    if !isempty(own)
        as_user(user, [output, settings["depot"]]) do load
            compile_packages(own, [load; flags], settings["strict"])
        end
    end
    names = found(settings["load"])
    if !isempty(names)
        say("Loading $(join((package_id(name).name for name in names), ", ")) as user $(settings["user"])")
        as_user(user, [settings["user-depot"], output, settings["depot"]]) do load
            load_in_fresh_process(names, [load; flags], settings["strict"])
        end
        check_nothing_compiled(settings["user-depot"], settings["strict"])
    end
    collect_scratch_spaces(settings)
    tidy_depot(output)
    fix_times(settings["output"])
end

run_step(() -> application(ARGS[1]))
