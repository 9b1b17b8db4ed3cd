# The application step. It runs as the image's user on the image as it will be, without network and without cache. Its changes
# to the image are thrown away; what it leaves is one file system to be laid over the image: the compiled files of the project,
# scratch spaces that were made when it was compiled and loaded, and what a workload compiled.
#
# If Julia has to compile a dependency to load the project, the image would do so at every start: the build fails.
#
# Argument: the settings file.

include("../lib/version.jl")
include("../lib/interpreted.jl")
include("../lib/say.jl")
IS_1_5 && include("../lib/compat_1_5.jl")
include("../lib/settings.jl")
include("../lib/collections.jl")
include("../lib/compilable.jl")
include("../lib/compile_package.jl")

# Most projects are one package, and it is known what that needs: all is compiled but the project. Julia 1.5 has one stream for the
# errors of all packages that are compiled.
"Compile the project if no folder beside it has to be compiled before. Returns tasks for `compile_units`."
function begin_with_project(settings::AbstractDict)
    begun = Dict{Base.PkgId,Task}()
    own = settings["own"]
    (IS_1_5 || settings["compile"] != [own]) && return begun
    id = package_id(own)
    is_compilable(id) || return begun
    begun[id] = schedule(Task(() -> compile_package(id, id.name)))
    yield_to_tasks()
    say("Compiling 1 package\n  compiling [1/1] $(id.name)")
    return begun
end

const SETTINGS = Ref{Dict{String,Any}}()
const BEGUN = Ref{Dict{Base.PkgId,Task}}()

run_step(() -> SETTINGS[] = parse_toml(ARGS[1]))
run_step(() -> BEGUN[] = begin_with_project(SETTINGS[]))

# What is not needed before is read while the project is compiled.
include("../lib/manifest.jl")
include("../lib/units.jl")
include("../lib/failures.jl")
include("../lib/files.jl")
include("../lib/stale.jl")
include("../lib/tasks.jl")
include("../lib/compile_order.jl")
include("../lib/precompile.jl")
include("../lib/project_units.jl")

"What is compiled in this step."
struct Compiling
    units::Vector{Unit}
    "Gives what failed."
    task::Task
end

# The image's own depots, so that a path that a package notes while it is compiled, of a scratch space say, is one that the image
# has. Julia writes to the first, from which the compiled files are then moved to where they will be.
function begin_compiling(settings::AbstractDict, begun::Dict{Base.PkgId,Task})
    units = project_units(settings["project"], settings["manifest"], settings["compile"], settings["load"])
    stale = stale_units(units)
    task = schedule(Task(() -> isempty(units) ? Failure[] : compile_units(stale, begun)))
    yield_to_tasks()
    return Compiling(units, task)
end

const COMPILING = Ref{Compiling}()

run_step(() -> COMPILING[] = begin_compiling(SETTINGS[], BEGUN[]))

include("../lib/load.jl")
include("../lib/startup.jl")
include("../lib/workload.jl")
include("../lib/script_imports.jl")

"Run `work` with the depots that the image will have in front of Julia's own; Julia writes to the first."
function with_depots(work::Function, settings::AbstractDict, own_depot::String)
    before = copy(DEPOT_PATH)
    try
        append!(empty!(DEPOT_PATH), union([settings["user-depot"], own_depot, settings["depot"]], before))
        return work()
    finally
        append!(empty!(DEPOT_PATH), before)
    end
end

"The direct dependencies, and the project unless it has a name without sources."
function to_load(settings::AbstractDict)
    ids = Base.PkgId[package_id(text) for text in settings["load"]]
    own = settings["own"] == "" ? nothing : package_id(settings["own"])
    return own === nothing || Base.locate_package(own) === nothing ? ids : [ids; own]
end

"Wait until the project is compiled, and meanwhile load what it needs."
function finish_compiling(settings::AbstractDict, compiling::Compiling, own_depot::String)
    own = Set{Base.PkgId}(unit.id for unit in compiling.units)
    istaskdone(compiling.task) || load_what_is_fresh(filter(id -> !(id in own), to_load(settings)))
    report_failures(fetch(compiling.task), "failed to precompile", settings["strict"])
    move_compiled(settings["user-depot"], own_depot)
end

"Move what Julia compiled to where the image has it."
function move_compiled(user_depot::String, own_depot::String)
    made = joinpath(user_depot, "compiled")
    isdir(made) || return
    copy_tree(made, joinpath(own_depot, "compiled"))
    rm(made; recursive = true)
end

"Load everything in the way of a program in the image, and see that this compiles nothing."
function check_project(settings::AbstractDict, own_depot::String)
    ids = to_load(settings)
    isempty(ids) && return
    say("Loading $(join((id.name for id in ids), ", ")) as user $(settings["user"])")
    with_depots(() -> load_by_name(ids, settings["strict"]), settings, own_depot)
    check_nothing_compiled(settings["user-depot"], settings["strict"])
end

# They are not those of this process: the flags of a running image should not decide how it is compiled.
"See that the image's Julia starts with the flags that the image gives it."
function check_flags(flags::Vector{String})
    isempty(flags) && return
    success(run(ignorestatus(julia_command(flags, "--version")))) && return
    throw(BuildError("the Julia of the image, $VERSION, does not start with $(join(flags, " ")), from [run] in the spec"))
end

# `julia -m` (Julia 1.12) runs only what is declared as an entry point, which leaves a name in the module (`@main` in base/client.jl).
"See that the module that the image is to run has something to run."
function check_module(name::String)
    isempty(name) && return
    parts = map(Symbol, split(name, '.'))
    root, inner = parts[1], parts[2:end]
    id = Base.identify_package(string(root))
    id !== nothing && haskey(Base.loaded_modules, id) ||
        throw(BuildError("the image is to run the module $name, but the project does not depend on $root"))
    found = foldl((outer, part) -> isdefined(outer, part) ? getfield(outer, part) : nothing, inner; init = Base.loaded_modules[id])
    found isa Module && isdefined(found, :main) ||
        throw(BuildError("the image is to run the module $name, which has no function `main`"))
    VERSION < v"1.12" || isdefined(found, Symbol("#__main_is_entrypoint__#")) ||
        throw(BuildError("`main` of $name is no entry point for Julia $VERSION: declare it as `function (@main)(args)`"))
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
    return sort!(unique!(String[name for version in readdir(root) for name in readdir(joinpath(root, version))]))
end

"Keep the scratch spaces that compiling and loading the project made; those of the dependencies are links to the depot."
function collect_scratch_spaces(user_depot::String, output::String)
    make_folders(string(output, user_depot))
    spaces = joinpath(user_depot, "scratchspaces")
    for uuid in (isdir(spaces) ? readdir(spaces) : String[])
        space = joinpath(spaces, uuid)
        islink(space) || copy_tree(space, string(output, space))
    end
end

"Only compiled files belong into the image, readable for everyone, and with times that are the same in every build."
function tidy_output(output::String, depot::String)
    compiled = string(output, depot)
    for name in readdir(compiled)
        name == "compiled" || rm(joinpath(compiled, name); force = true, recursive = true)
    end
    visit_tree((path, _) -> set_mode(path, isdir(path) ? 0o755 : 0o644), compiled)
    visit_tree((path, _) -> set_time(path, FIXED_TIME), output)
end

function application(settings::AbstractDict, compiling::Compiling)
    depot, user_depot, output = settings["depot"], settings["user-depot"], settings["output"]
    own_depot = string(output, depot)
    make_folders(own_depot)
    finish_compiling(settings, compiling, own_depot)
    check_project(settings, own_depot)
    check_module(settings["module"])
    check_imports(Vector{String}(get(settings, "scripts", String[])), depot)
    check_flags(Vector{String}(settings["run-flags"]))
    keep_workload(settings, own_depot)
    collect_scratch_spaces(user_depot, output)
    tidy_output(output, depot)
end

run_step(() -> application(SETTINGS[], COMPILING[]))
