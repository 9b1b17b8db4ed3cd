# The dependency step. It runs with the depot cache mounted at the depot's final path, held by this build alone, and leaves
# folders that hold exactly what the manifest needs. With any content in the cache the result is the same.
#
# This process installs; compiling and loading is done by one of its own, compile.jl. That one is started first, and the cache is prepared
# for it: it asks which compiled files can be used while packages are installed here. Pkg is loaded only where something needs it.
#
# Argument: the folder with settings.toml, Project.toml and, if there are any, Manifest.toml and preferences.

include("../lib/version.jl")
include("../lib/interpreted.jl")
IS_1_5 && include("../lib/compat_1_5.jl")
include("../lib/settings.jl")
include("../lib/compiler.jl")

start_compiler(ARGS[1])

include("../lib/say.jl")
include("../lib/garbage.jl")

run_step(put_off_garbage_collection)

include("../lib/lazy.jl")
include("../lib/compile_report.jl")
include("../lib/orders.jl")
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

include("../lib/collections.jl")
include("../lib/manifest.jl")
include("../lib/trust.jl")
include("../lib/artifacts.jl")
include("../lib/access.jl")
include("../lib/wanted.jl")
include("../lib/curl.jl")

"What is known before Pkg is loaded; `nothing` for what is to be asked when it is."
struct Begun
    sources::Sources
    wanted::Union{Nothing,Wanted}
    artifacts::Union{Nothing,FoundArtifacts}
end

"Do without Pkg what can be done without it."
function begin_installing(settings::AbstractDict)
    depot, manifest = settings["depot"], joinpath(settings["environment"], "Manifest.toml")
    check_secrets(settings["required-secrets"])
    sources = Sources(settings)
    isfile(manifest) || return Begun(sources, nothing, nothing)
    wanted = read_wanted(settings, manifest)
    by_curl = !IS_1_5 && isempty(sources.auth) && 0 < length(wanted.absent) <= MOST_BY_CURL
    by_curl && download_by_curl(depot, wanted.absent)
    left = by_curl ? lacking(depot, wanted.absent) : wanted.absent
    wanted = Wanted(wanted.packages, wanted.extra, left)
    chooses(package) = in_depot(package) && chooses_artifacts(joinpath(depot, package_folder(package)))
    is_known = isempty(left) && !any(chooses, all_packages(wanted))
    return Begun(sources, wanted, is_known ? look_for_artifacts(depot, all_packages(wanted), settings["lazy-artifacts"]) : nothing)
end

const BEGUN = Ref{Begun}()

run_step(() -> BEGUN[] = begin_installing(SETTINGS[]))

"Whether what is left to do needs Pkg."
function needs_pkg(settings::AbstractDict, begun::Begun)
    IS_1_5 || begun.artifacts === nothing || !isempty(begun.artifacts.absent) || !isempty(begun.sources.auth) || settings["keep-registries"] ||
        any(package -> has_build_script(settings["depot"], package), begun.wanted.packages)
end

const NEEDS_PKG = Ref(false)

run_step(() -> NEEDS_PKG[] = needs_pkg(SETTINGS[], BEGUN[]))

NEEDS_PKG[] && include("../lib/pkg.jl")
NEEDS_PKG[] && include("../lib/download.jl")
NEEDS_PKG[] && include("../lib/registries.jl")
NEEDS_PKG[] && include("../lib/install_packages.jl")
NEEDS_PKG[] && include("../lib/install_artifacts.jl")
NEEDS_PKG[] && include("../lib/resolve.jl")

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

"Bring everything that is left into the cache; if there is no manifest, Pkg chooses versions first."
function finish_installing(settings::AbstractDict, begun::Begun)
    depot, environment, sources = settings["depot"], settings["environment"], begun.sources
    install_token(sources, settings["auth-file"])
    wanted = begun.wanted
    if wanted === nothing
        resolve(depot, environment, sources)
        wanted = read_wanted(settings, joinpath(environment, "Manifest.toml"))
    end
    isempty(wanted.absent) || install_packages(depot, environment, wanted.absent, sources)
    artifacts = begun.artifacts === nothing ? look_for_artifacts(depot, all_packages(wanted), settings["lazy-artifacts"]) : begun.artifacts
    isempty(artifacts.absent) || install_artifacts(depot, artifacts.absent)
    return Installed(settings, wanted.packages, wanted.extra, artifacts.lazy, sources)
end

const INSTALLED = Ref{Installed}()

run_step(() -> INSTALLED[] = finish_installing(SETTINGS[], BEGUN[]))

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
