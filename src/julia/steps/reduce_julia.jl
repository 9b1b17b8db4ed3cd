# The step that reduces Julia to what an image on a small base needs of it. It runs on the build's base with the depot, loads what
# the image loads, and asks what that took. It leaves two file systems: Julia's folder as the image has it, and what the image lacks
# for compiling, which the application step has.
#
# Argument: the settings file.

include("../lib/version.jl")
IS_1_5 && (println("\nERROR: `base` under [image] needs Julia 1.10 or newer; the image that is built on has $VERSION"); exit(1))
include("../lib/interpreted.jl")
include("../lib/say.jl")
include("../lib/settings.jl")
include("../lib/collections.jl")
include("../lib/manifest.jl")
include("../lib/failures.jl")
include("../lib/files.jl")
include("../lib/compilable.jl")
include("../lib/stale.jl")
include("../lib/load.jl")
include("../lib/elf.jl")
include("../lib/elf_debug.jl")
include("../lib/standard_libraries.jl")
include("../lib/shared_libraries.jl")
include("../lib/small_base.jl")
include("../lib/julia_tree.jl")
include("../lib/reduced_record.jl")

"What of Julia an image needs."
struct Needed
    libraries::Vector{StandardLibrary}
    compiled::Vector{String}
    "Programs and libraries."
    binaries::Vector{Binary}
    "What is needed for compiling alone."
    tools::Vector{Binary}
end

function find_needed(settings::AbstractDict, home::JuliaHome)
    load_by_name(Base.PkgId[package_id(text) for text in settings["load"]], settings["strict"])
    direct = Base.PkgId[package_id(text) for text in settings["direct"]]
    libraries = needed_standard_libraries(read_manifest(settings["manifest"]), direct, Vector{String}(settings["keep-stdlibs"]))
    load_standard_libraries(libraries)
    by_name = libraries_by_name(home.folder)
    sources = String[library.folder for library in libraries]
    found = String[home.program; home.system_image; mapped_files(joinpath(home.folder, "lib")); products(libraries, home.folder);
                   named_libraries(sources, by_name)]
    binaries = with_needed(found, by_name)
    linking = linker()
    present = Set{String}(binary.file for binary in binaries)
    tools = linking === nothing ? Binary[] : filter(binary -> !(binary.file in present), with_needed([linking], by_name))
    compiled = standard_compiled_files(compiled_units(libraries), home.folder)
    settings["compile-at-run-time"] && return Needed(libraries, compiled, [binaries; tools], Binary[])
    return Needed(libraries, compiled, binaries, tools)
end

"Files with machine code in the artifacts of the image, for the processor that Julia is for."
function artifact_binaries(depot::String, home::JuliaHome)
    machine = with_elf(elf -> elf.header.machine, home.program)
    found, artifacts = Binary[], joinpath(depot, "artifacts")
    isdir(artifacts) || return found
    visit_tree(artifacts) do path, _
        isfile(path) && !islink(path) && is_elf(path) && with_elf(elf -> elf.header.machine, path) == machine && push!(found, read_binary(path))
    end
    return found
end

files_of(binaries::Vector{Binary}) = String[binary.file for binary in binaries]

"Write Julia's folder as the image has it. Returns its bytes."
function write_julia(output::String, needed::Needed, home::JuliaHome)
    bytes = sum(library -> put_library(output, library.folder), needed.libraries; init = 0)
    bytes += sum(file -> put_file(output, file, home), [files_of(needed.binaries); plain_files(home)])
    bytes += sum(file -> put_as_it_is(output, file), needed.compiled; init = 0)
    put_links(output, home)
    put_program_link(output, home)
    return bytes
end

"A compiled file has a checksum of the library beside it."
function put_as_it_is(output::String, file::String)
    make_folders(dirname(string(output, file)))
    return copy_file(file, string(output, file))
end

function write_tools(output::String, needed::Needed, home::JuliaHome)
    make_folders(string(output, home.folder))
    foreach(file -> put_file(output, file, home), files_of(needed.tools))
    put_links(output, home)
end

function reduce_julia(settings_file::String)
    settings = parse_toml(settings_file)
    depot, output = settings["depot"], settings["output"]
    home = julia_home()
    say("Loading what the image loads")
    needed = find_needed(settings, home)
    own = keys(libraries_by_name(home.folder))
    base = SmallBase(settings["small-base"], settings["small-base-name"])
    say("Comparing what it needs with what $(base.name) has")
    check_small_base(base, home.program, [needed.binaries; needed.tools], own, artifact_binaries(depot, home))
    bytes = write_julia(joinpath(output, "julia"), needed, home)
    present = Set{Base.UUID}(library.id.uuid for library in needed.libraries)
    left_out = sort!(StandardLibrary[library for library in values(standard_libraries()) if !(library.id.uuid in present)]; by = library -> library.id.name)
    write_reduced(joinpath(output, "julia", relpath(depot, "/"), REDUCED_RECORD), needed.libraries, left_out, files_of(needed.binaries))
    write_tools(joinpath(output, "tools"), needed, home)
    foreach(name -> fix_times(joinpath(output, name)), ("julia", "tools"))
    say("Kept $(human_bytes(bytes)) of the $(human_bytes(tree_bytes(home.folder))) of Julia $VERSION")
    say("Standard libraries: $(join((library.id.name for library in needed.libraries), ", "))")
    say("Left out: $(join((library.id.name for library in left_out), ", "))")
end

run_step(() -> reduce_julia(ARGS[1]))
