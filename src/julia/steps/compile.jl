# Compiles and loads the dependencies, in a process of its own: it has the flags of the image's Julia, since compiled files are
# valid only for processes with the same flags, and nothing loaded that the dependencies may have another version of.
#
# It is started before there is anything to compile and reads its standard input: an empty line says that it can look at the cache.
# The order to compile is a line that names a list of the packages' lazy artifacts, and one that names the file for the report, a
# line `uuid<tab>compiled file` each.
#
# Argument: the folder with settings.toml.

include("../lib/version.jl")
include("../lib/interpreted.jl")
include("../lib/say.jl")
include("../lib/garbage.jl")

run_step(put_off_garbage_collection)

IS_1_5 && include("../lib/compat_1_5.jl")
include("../lib/settings.jl")
include("../lib/collections.jl")
include("../lib/manifest.jl")
include("../lib/units.jl")
include("../lib/failures.jl")
include("../lib/files.jl")
include("../lib/compilable.jl")
include("../lib/stale.jl")
include("../lib/tasks.jl")
include("../lib/compile_package.jl")
include("../lib/compile_order.jl")
include("../lib/precompile.jl")
include("../lib/compiled_files.jl")
include("../lib/ask_ahead.jl")
include("../lib/finished.jl")
include("../lib/lazy.jl")
include("../lib/hide_lazy.jl")
include("../lib/scratch.jl")

"What the manifest has to be compiled, and what it has that can be compiled only with the project."
struct Environment
    units::Vector{Unit}
    later::Set{Base.PkgId}
end

function read_environment(folder::String)
    packages, with_folders = split_by_folders(read_manifest(joinpath(folder, "Manifest.toml")))
    return Environment(units_of(packages), Set{Base.PkgId}(id_of(package) for package in with_folders))
end

"What is to be done, and what is known of the cache."
struct Request
    settings::Dict{String,Any}
    environment::Environment
    "The packages' lazy artifacts."
    lazy::Vector{LazyArtifact}
    "The file for the report."
    report::String
    memory::StaleMemory
end

"Wait for the order, and meanwhile ask which compiled files can be used."
function wait_for_request(inputs::String)
    settings = parse_toml(joinpath(inputs, "settings.toml"))
    # A manifest is known before anything is installed, unless Pkg is still to make it.
    known = isfile(joinpath(inputs, "Manifest.toml")) ? read_environment(inputs) : nothing
    readline(stdin)
    answers = known === nothing ? nothing : ask_ahead(settings["environment"], known.units)
    list, report = readline(stdin), readline(stdin)
    # The installing process has failed.
    isempty(report) && exit()
    # The folder for temporary files on the file system of the cache, which was not there when this process began.
    ENV["TMPDIR"] = dirname(list)
    environment = known === nothing ? read_environment(settings["environment"]) : known
    depot, lazy = settings["depot"], read_lazy(list)
    remove_broken_files(depot, Base.PkgId[unit.id for unit in environment.units])
    are_hidden(settings) && hide_lazy_artifacts(depot, lazy)
    restore_scratch(depot, environment.units)
    return Request(settings, environment, lazy, report, what_holds(answers, settings["environment"], environment.units))
end

# Where all are wanted, none is put out of reach.
are_hidden(settings::AbstractDict) = !settings["lazy-artifacts"]

"What is compiled in this step, and the task that gives what failed."
struct Compiling
    stale::Vector{Unit}
    task::Task
end

function begin_compiling(request::Request)
    stale = stale_units(request.environment.units, request.memory)
    allow_garbage_collection_for(length(stale), length(request.environment.units))
    task = schedule(Task(() -> compile_units(stale)))
    wait_for_compilation(task)
    return Compiling(stale, task)
end

const REQUEST = Ref{Request}()
const COMPILING = Ref{Compiling}()

run_step(() -> REQUEST[] = wait_for_request(ARGS[1]))
run_step(() -> COMPILING[] = begin_compiling(REQUEST[]))

# What is not needed before is read while packages are compiled.
include("../lib/load.jl")
include("../lib/made_folders.jl")
include("../lib/compile_report.jl")
include("../lib/loaded.jl")

function finish_compiling(request::Request, compiling::Compiling)
    settings, units, memory, stale = request.settings, request.environment.units, request.memory, compiling.stale
    strict, depot = settings["strict"], settings["depot"]
    ids = filter(id -> !(id in request.environment.later), Base.PkgId[package_id(name) for name in settings["load"]])
    files = without_torn_files(depot, stale) do
        isempty(stale) || rehearse_report(depot, ids, units, memory)
        failures = fetch(compiling.task)
        forget_compiled!(memory, Set{Base.PkgId}(unit.id for unit in stale))
        keep_what_was_left(request, stale)
        report_failures(failures, "failed to precompile", strict)
        failed = Set{Base.PkgId}(failure.id for failure in failures)
        load_chosen(chosen, files) = keep_what_was_left(request, load_with_what_fits(chosen, files, units, failed, strict, memory))
        return chosen_files(load_chosen, depot, filter(id -> !(id in failed), ids), units, memory)
    end
    # What is in such a folder may be of a package that was loaded.
    isempty(made_folders(depot)) && note_loaded(depot, units, request.lazy)
    write_report(request.report, with_owners(files, units))
end

# The process that installs does the same (rehearsal.jl).
"Do once what is to be done when all is compiled, with those files that stay."
function rehearse_report(depot::String, ids::Vector{Base.PkgId}, units::Vector{Unit}, memory::StaleMemory)
    fresh = filter(unit -> haskey(memory.fresh, unit.id), units)
    not_known_to_load(depot, filter(id -> haskey(memory.fresh, id), ids), fresh, memory)
    write_report("/dev/null", with_owners(files_by_package(fresh, memory), fresh))
end

"""
The compiled files that belong together. `load` is called for the direct dependencies that have to be loaded to know, and with the
files as they are before: those of which nothing is noted, and all where the cache has more than one set.
"""
function chosen_files(load::Function, depot::String, ids::Vector{Base.PkgId}, units::Vector{Unit}, memory::StaleMemory)
    unknown = not_known_to_load(depot, ids, units, memory)
    files = files_by_package(units, memory)
    if !isempty(unknown)
        load(unknown, files)
        still_together(files) || (files = files_by_package(units, memory))
    end
    known = setdiff(ids, unknown)
    is_ambiguous(files) && !isempty(known) || return files
    load(known, files)
    return files_by_package(units, memory)
end

"""
Load packages, and compile again what does not fit to them. `files` is what belonged together before. Returns what was compiled.
`memory` is what is true after that.
"""
function load_with_what_fits(ids::Vector{Base.PkgId}, files::CompiledFiles, units::Vector{Unit}, failed::Set{Base.PkgId}, strict::Bool, memory::StaleMemory)
    say("Loading $(plural(length(ids), "direct dependency", "direct dependencies"))")
    load_packages(ids, strict)
    still_together(files) && return Unit[]
    forget_all!(memory)
    again = compile_again(units, failed, memory)
    isempty(again) || forget_all!(memory)
    return again
end

# Which artifacts a package asks for shows only while they are out of reach. Otherwise the file stays unfinished, and a build that
# wants only what is asked for compiles the package again.
function keep_what_was_left(request::Request, units::Vector{Unit})
    depot, lazy = request.settings["depot"], request.lazy
    for unit in units
        are_hidden(request.settings) || all(artifact -> artifact.package.uuid != unit.owner, lazy) || continue
        compiled = fresh_compiled_file(unit.id, request.memory)
        compiled === nothing && continue
        note_fetched(depot, lazy, unit.owner, compiled)
        keep_scratch(depot, unit.owner, compiled)
    end
end

# A cache can hold two sets of compiled files that are both right. Julia takes of one set what is loaded first, and what is not
# loaded may be there only with the other.
"Compile what fits together with what is loaded now, for what no direct dependency loads. Returns what was compiled."
function compile_again(units::Vector{Unit}, failed::Set{Base.PkgId}, memory::StaleMemory)
    impossible = with_dependents(units, failed)
    left = filter(units) do unit
        !(unit.id in impossible) && !haskey(Base.loaded_modules, unit.id) && is_stale(unit.id, memory)
    end
    again = stale_units(left)
    isempty(again) || compile_units(again)
    return again
end

# Julia does not notice when a compiled file does not fit on the disk, and the checksum that it puts below may be right.
"Run `work`, which compiles into the depot. If that fails with the disk full, nothing is left of what was to be compiled."
function without_torn_files(work::Function, depot::String, stale::Vector{Unit})
    try
        return work()
    catch error
        if is_of_full_disk(sprint(showerror, error))
            files = String[file for unit in stale for file in Base.find_all_in_cache_path(unit.id) if startswith(file, depot)]
            foreach(remove_compiled, files)
        end
        rethrow()
    end
end

run_step(() -> finish_compiling(REQUEST[], COMPILING[]))
