# The test step. It runs the project's tests on the image as it will be. What tests need besides goes into a depot of its own
# in front of the image's, a cache that no image is made of; what they change elsewhere is thrown away.
#
# Argument: the settings file.

for part in ("say", "environment", "files", "trust", "interpreted", "failures", "artifacts", "access", "download", "download_1_5",
             "host_keys_1_5", "registries", "install", "resolve")
    include("$part.jl")
end

# Pkg chooses versions for what only the tests need, and asks the registries for that.
function with_current_registries(work::Function, depot::String, sources::Sources)
    with_registries(depot, sources) do
        if !sources.offline
            has_general(mkpath(joinpath(depot, "registries"))) ? update_registries() : add_general()
        end
        work()
    end
end

function run_tests(settings::AbstractDict)
    name = settings["name"]
    arguments = (julia_args = Vector{String}(settings["julia-args"]), test_args = Vector{String}(settings["args"]))
    pkg().activate(settings["project"])
    say("Testing $name")
    try
        compiled_as_usual(() -> pkg().test(; arguments...))
    catch error
        error isa InterruptException && rethrow()
        text = first_line(sprint(showerror, error))
        throw(BuildError("the tests of $name failed; what they printed stands above: $text"))
    end
end

function tests(settings_file::String)
    settings = parse_toml(settings_file)
    depot = settings["depot"]
    sources = prepare_access(settings)
    with_current_registries(() -> run_tests(settings), depot, sources)
end

run_step(() -> tests(ARGS[1]))
