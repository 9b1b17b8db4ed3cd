# The startup package: what a workload of the project compiles, in a compiled file that the image loads before anything else.
#
# Julia keeps what is inferred while a package is compiled, for methods of other packages too, if it is told to mark it, which is
# what PrecompileTools does. So the workload runs while a package of ours is compiled that depends on the project and its direct
# dependencies, as PrecompileTools' page on "Startup" packages has it. Its folder is an environment of one package: Julia finds
# that package when the folder is on the load path, and what it depends on in the project's manifest.

const STARTUP = Base.PkgId(Base.UUID("6f0d2f0c-53b1-4bb6-9d55-7f3f27a0b6d4"), "StartupPackage")

const PRECOMPILE_TOOLS = Base.PkgId(Base.UUID("aea7be01-6a6a-4083-8856-8a6e6704d82a"), "PrecompileTools")

"What `julia -L` runs to have the package; src/buildfile/load-file.ts has the same name."
const LOAD_FILE = "load.jl"

"What the package prints when the workload has run, before the number of methods that were compiled."
const METHODS_MARK = "StartupPackage compiled methods: "

"Write the package that loads these packages and runs a script."
function write_startup(folder::String, script::String, ids::Vector{Base.PkgId})
    names = Dict{String,String}(name => uuid for (name, uuid) in standard_libraries())
    foreach(id -> names[id.name] = string(id.uuid), [ids; PRECOMPILE_TOOLS])
    dependencies = join(("$name = \"$(names[name])\"\n" for name in sort!(collect(keys(names)))))
    write_file(joinpath(folder, "Project.toml"),
        "name = \"$(STARTUP.name)\"\nuuid = \"$(STARTUP.uuid)\"\nversion = \"1.0.0\"\n\n[deps]\n$dependencies")
    write_file(joinpath(folder, "src", "$(STARTUP.name).jl"), startup_source(script, ids))
    write_file(joinpath(folder, "src", "nothing.jl"), "nothing\n")
    write_file(joinpath(folder, LOAD_FILE), load_source())
end

# Times count for Julia up to 1.10, which compares them with those that the compiled file names.
function write_file(path::String, text::String)
    make_folders(dirname(path))
    write_whole(path, text)
    set_mode(path, 0o644)
    set_time(path, FIXED_TIME)
end

# A script finds them on the load path. A package finds what its project file names.
"Names and UUIDs of the standard libraries."
function standard_libraries()
    projects = [joinpath(Sys.STDLIB, name, "Project.toml") for name in readdir(Sys.STDLIB)]
    tables = [parse_toml(file) for file in projects if isfile(file)]
    return [table["name"] => table["uuid"] for table in tables]
end

# A module of its own, so that no name of the script meets one of the package.
startup_source(script::String, ids::Vector{Base.PkgId}) = """
    module $(STARTUP.name)

    import PrecompileTools: @compile_workload
    $(join(("import $(id.name)" for id in ids), '\n'))

    module Workload end

    "What the load file calls last. Written out there it would be compiled at every start."
    leave(folder::String) = filter!(!=(folder), LOAD_PATH)
    precompile(leave, (String,))

    inferred() = length(isdefined(Base, :newly_inferred) ? Base.newly_inferred : Core.Compiler.newly_inferred)

    # What running any script compiles is none of this one's.
    @compile_workload begin
        Base.include(Workload, joinpath(@__DIR__, "nothing.jl"))
    end
    const BEFORE = inferred()
    @compile_workload begin
        Base.include(Workload, $(repr(script)))
    end
    println($(repr(METHODS_MARK)), inferred() - BEFORE)

    # Julia writes the module with the values of its variables, and cannot write a server or a task.
    for name in names(Workload; all = true)
        isdefined(Workload, name) && !isconst(Workload, name) && Core.eval(Workload, Expr(:(=), name, nothing))
    end

    end
    """

load_source() = """
    # Loads what the workload of this image compiled: `julia -L` with this file, which the image's entry point has.
    push!(LOAD_PATH, @__DIR__)
    Base.require(Base.PkgId(Base.UUID("$(STARTUP.uuid)"), "$(STARTUP.name)"))
    Base.root_module(Base.PkgId(Base.UUID("$(STARTUP.uuid)"), "$(STARTUP.name)")).leave(@__DIR__)
    """

"Run `work` with the folder on the load path, where Julia then finds the package."
function with_startup(work::Function, folder::String)
    push!(LOAD_PATH, folder)
    try
        return work()
    finally
        filter!(!=(folder), LOAD_PATH)
    end
end
