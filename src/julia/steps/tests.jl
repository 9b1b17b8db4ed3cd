# The test step. It runs the project's tests on the image as it will be, as the image's user. What tests need besides goes into a
# depot of its own in front of the image's, a cache that no image is made of; what they change elsewhere is thrown away.
#
# Argument: the settings file.

include("../lib/version.jl")
include("../lib/interpreted.jl")
include("../lib/pkg.jl")
include("../lib/say.jl")
IS_1_5 && include("../lib/compat_1_5.jl")
include("../lib/settings.jl")
include("../lib/files.jl")
include("../lib/tasks.jl")
include("../lib/access.jl")
include("../lib/registries.jl")
include("../lib/resolve.jl")
include("../lib/privileges.jl")

# Pkg chooses versions for what only the tests need, and asks the registries for that.
function with_current_registries(work::Function, depot::String, sources::Sources)
    with_registries(depot, sources) do
        if !sources.offline
            has_general(mkpath(joinpath(depot, "registries"))) ? update_registries() : add_general()
        end
        work()
    end
end

# Pkg leaves temporary files for its exit, when the image's user could not remove those of root.
"Have temporary files be made in a folder of root's own. Returns a function that ends that, and removes them."
function separate_temporary_files()
    usual, folder = get(ENV, "TMPDIR", nothing), mktempdir(; cleanup = false)
    ENV["TMPDIR"] = folder
    return function ()
        usual === nothing ? delete!(ENV, "TMPDIR") : (ENV["TMPDIR"] = usual)
        rm(folder; force = true, recursive = true)
    end
end

# The processes of every container have the same few numbers: Julia takes a lock that an interrupted run left for one that a process of
# this run holds, and waits 20 s until it is old (`stale_pidfile` of Julia's FileWatching). The cache is this run's alone.
"Remove the locks on compiled files that an earlier run left in the tests' depot."
function remove_locks(depot::String)
    compiled = joinpath(depot, "compiled")
    isdir(compiled) && visit_tree((path, _) -> endswith(path, ".pidfile") && rm(path), compiled)
end

# Secrets can be read by root alone; with the registries at hand only the token for the Pkg server is needed any more.
"Let the image's user write to the depot of the tests and to the folder for their results, and go on as that user."
function go_on_as_user(settings::AbstractDict)
    user = find_identity(settings["user"])
    depot = settings["depot"]
    for name in ("registries", ".frontend", "servers", "logs")
        give(joinpath(depot, name), user; recursive = true)
    end
    give(depot, user)
    give(settings["results"], user)
    become(user)
end

function run_tests(settings::AbstractDict)
    name = settings["name"]
    arguments = (julia_args = Vector{String}(settings["julia-args"]), test_args = Vector{String}(settings["args"]))
    # Pkg itself does not ask how much memory there is.
    ENV["JULIA_NUM_PRECOMPILE_TASKS"] = string(compile_tasks())
    PKG.activate(settings["project"])
    say("Testing $name")
    try
        compiled_as_usual(() -> PKG.test(; arguments...))
    catch error
        error isa InterruptException && rethrow()
        text = first_line(sprint(showerror, error))
        throw(BuildError("the tests of $name failed; what they printed stands above: $text"))
    end
end

function tests(settings_file::String)
    settings = parse_toml(settings_file)
    sources = prepare_access(settings)
    remove_locks(settings["depot"])
    remove_temporary_files = separate_temporary_files()
    with_current_registries(settings["depot"], sources) do
        remove_temporary_files()
        go_on_as_user(settings)
        run_tests(settings)
    end
end

run_step(() -> tests(ARGS[1]))
