# The dependency step. It runs with the depot cache mounted at the depot's final path, held by this build alone, and leaves
# folders that hold exactly what the manifest needs. With any content in the cache the result is the same.
#
# This process has Pkg and installs; compiling and loading is done by one of its own, compile.jl. That one is started first, and the
# cache is prepared for it: it asks which compiled files can be used while Pkg is loaded here.
#
# Argument: the folder with settings.toml, Project.toml and, if there are any, Manifest.toml and preferences.

include("../lib/version.jl")
include("../lib/interpreted.jl")
include("../lib/say.jl")
include("../lib/garbage.jl")

run_step(put_off_garbage_collection)

IS_1_5 && include("../lib/compat_1_5.jl")
include("../lib/settings.jl")
include("../lib/lazy.jl")
include("../lib/compile_report.jl")
include("../lib/compiler.jl")

start_compiler(ARGS[1])

include("../lib/files.jl")
include("../lib/hold.jl")
include("../lib/temporary.jl")
include("../lib/finished.jl")
include("../lib/made_folders.jl")

"Put the environment where this build's own name keeps it apart: compiled files of two projects never share a name."
function prepare_environment(inputs::String, environment::String)
    mkpath(environment)
    visit_tree(inputs) do path, relative
        (isdir(path) || relative == "settings.toml") && return
        mkpath(dirname(joinpath(environment, relative)))
        write_whole(joinpath(environment, relative), read(path))
    end
end

# Pkg is not loaded yet.
const PKG_UUID = "44cfe95a-1eb2-52ea-b672-e2afdf69b78f"

const UUID_FORM = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"

# Pkg would take an artifact from wherever this file says, whoever wrote it into the cache.
"Remove what the cache must not decide: overrides of artifacts, other projects' scratch spaces, what a killed build left."
function remove_foreign(depot::String)
    rm(joinpath(depot, "artifacts", "Overrides.toml"); force = true)
    spaces = joinpath(depot, "scratchspaces")
    for uuid in (isdir(spaces) ? readdir(spaces) : String[])
        # Pkg's own space says when the registries were brought up to date.
        uuid == PKG_UUID && continue
        occursin(UUID_FORM, uuid) && remove_unfinished(depot, Base.UUID(uuid))
        rm(joinpath(spaces, uuid); recursive = true)
    end
    remove_made_folders(depot)
    restore_hidden(depot)
end

"Take hold of the cache and prepare it, so that the other process can ask what of it can be used. Returns the settings."
function prepare_cache(inputs::String)
    settings = parse_toml(joinpath(inputs, "settings.toml"))
    depot = settings["depot"]
    hold_cache(depot)
    prepare_temporary(depot)
    prepare_environment(inputs, settings["environment"])
    remove_foreign(depot)
    let_compiler_ask()
    return settings
end

const SETTINGS = Ref{Dict{String,Any}}()

run_step(() -> SETTINGS[] = prepare_cache(ARGS[1]))

include("../lib/pkg.jl")
include("../lib/manifest.jl")
include("../lib/trust.jl")
include("../lib/artifacts.jl")
include("../lib/access.jl")
include("../lib/download.jl")
include("../lib/registries.jl")
include("../lib/install.jl")
include("../lib/resolve.jl")

"Packages that the image needs but that can be compiled only with the project, as entries of a manifest."
install_only(settings::AbstractDict) =
    ManifestPackage[manifest_package(entry["name"], entry) for entry in settings["install-only"]]

"The packages of the environment; if it has no manifest, Pkg chooses them first."
function environment_packages(depot::String, environment::String, sources::Sources)
    manifest = joinpath(environment, "Manifest.toml")
    isfile(manifest) || resolve(depot, environment, sources)
    return read_manifest(manifest)
end

"Install packages and artifacts. Returns the lazy artifacts of the packages."
function install_with_artifacts(settings::AbstractDict, packages::Vector{ManifestPackage}, sources::Sources)
    depot, environment = settings["depot"], settings["environment"]
    installed = filter(in_depot, packages)
    is_new(package) = !isdir(joinpath(depot, package_folder(package)))
    allow_garbage_collection_for(count(is_new, installed), length(installed))
    install(depot, environment, installed, sources)
    lazy = lazy_artifacts(depot, installed)
    install_artifacts(depot, installed, settings["lazy-artifacts"] ? all_hashes(lazy) : noted_artifacts(depot))
    return lazy
end

all_hashes(lazy::Vector{LazyArtifact}) = Set{String}(artifact.tree_hash for artifact in lazy)

"What the first part of the step leaves to the second."
struct Installed
    settings::Dict{String,Any}
    "What is compiled by itself."
    packages::Vector{ManifestPackage}
    "What is installed only, and compiled with the project."
    extra::Vector{ManifestPackage}
    lazy::Vector{LazyArtifact}
    sources::Sources
end

"Bring everything into the cache."
function install_dependencies(settings::AbstractDict)
    sources = prepare_access(settings)
    packages, with_folders = split_by_folders(environment_packages(settings["depot"], settings["environment"], sources))
    extra = ManifestPackage[install_only(settings); filter(in_depot, with_folders)]
    lazy = install_with_artifacts(settings, [packages; extra], sources)
    return Installed(settings, packages, extra, lazy, sources)
end

const INSTALLED = Ref{Installed}()

run_step(() -> INSTALLED[] = install_dependencies(SETTINGS[]))

# Few packages have a build script, and most builds need not wait until Julia has read what runs it.
const HAS_BUILD_SCRIPTS = Ref(false)

run_step(() -> HAS_BUILD_SCRIPTS[] = any(package -> has_build_script(SETTINGS[]["depot"], package), INSTALLED[].packages))

HAS_BUILD_SCRIPTS[] && include("../lib/build.jl")

function run_build_scripts(installed::Installed)
    settings = installed.settings
    build_packages(settings["depot"], settings["environment"], installed.packages, Vector{String}(settings["flags"]), installed.sources)
end

HAS_BUILD_SCRIPTS[] && run_step(() -> run_build_scripts(INSTALLED[]))
run_step(() -> order_compiling(INSTALLED[].lazy))

# What is not needed before is read while packages are compiled.
include("../lib/privileges.jl")

const USER = Ref{Identity}()

run_step(() -> USER[] = find_identity(SETTINGS[]["user"]))

include("../lib/licences.jl")
include("../lib/output.jl")
include("../lib/collect.jl")
include("../lib/record.jl")
include("../lib/housekeeping.jl")
include("../lib/rehearsal.jl")

"""
Copy the artifacts, while packages are compiled unless it depends on their loading which artifacts are needed. Returns the compiled
files that belong together.
"""
function copy_artifacts(settings::AbstractDict, place::Place, shares::Vector{Share}, lazy::Vector{LazyArtifact})
    is_known = settings["lazy-artifacts"] || isempty(lazy)
    is_known && collect_artifacts(place, shares, all_hashes(lazy))
    files = compiled_packages()
    is_known || collect_artifacts(place, shares, note_lazy_artifacts(place.depot, lazy, files))
    return files
end

"Leave what the image gets, and the cache as the next build is to find it."
function leave_outputs(installed::Installed, user::Identity)
    settings, packages = installed.settings, installed.packages
    depot, environment = settings["depot"], settings["environment"]
    place = Place(depot, settings["user-depot"], settings["output"], Layers(settings["layers"]))
    shares = shares_of(place, [packages; installed.extra])
    make_part_folders(place)
    rehearse_copying(place.layers, user)
    files = copy_artifacts(settings, place, shares, installed.lazy)
    say("Copying what the manifest needs")
    collect_outputs(place, shares, files)
    settings["keep-registries"] && collect_registries(place, installed.sources)
    settings["manifest-target"] == "" || write_manifest(environment, settings, in_output(last_part(place, :packages), settings["manifest-target"]))
    finish_outputs(place, shares, user)
    print_table(shares)
    HAS_BUILD_SCRIPTS[] && restore_untouched(depot, packages)
    remove_made_folders(depot)
    clean_cache(depot, settings["max-unused-days"])
end

run_step(() -> leave_outputs(INSTALLED[], USER[]))

# Downloads ends its transfers, of which there are none any more, when a process ends: Julia 1.12 compiles code for that, for 0.2 s.
"End the process without what is done at the end of others, but for its temporary files, which would stay in the cache."
function end_at_once()
    rm(ENV["TMPDIR"]; force = true, recursive = true)
    flush(stdout)
    exit_at_once()
end

# By itself: what has a `ccall` is not interpreted, and to compile all of the above would take 60 ms.
exit_at_once() = ccall(:_exit, Cvoid, (Cint,), 0)

run_step(end_at_once)
