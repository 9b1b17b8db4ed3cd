# Loading packages as a program in the image will.

"A module that was loaded, and the compiled file it came from (`nothing`: it was loaded from its source)."
struct Loaded
    id::Base.PkgId
    file::Union{Nothing,String}
end

"Load packages in this process. With `strict`, one that cannot be loaded ends the build."
function load_packages(ids::Vector{Base.PkgId}, strict::Bool)
    failures = Failure[]
    for id in ids
        error = load(id)
        error === nothing || push!(failures, Failure(id.name, error))
    end
    isempty(failures) || report_failures(failures, "cannot be loaded", strict)
end

"Load one package; returns `nothing` or the text of the error."
function load(id::Base.PkgId)
    try
        compiled_as_usual(() -> Base.require(id))
        return nothing
    catch error
        error isa InterruptException && rethrow()
        return sprint(showerror, error)
    end
end

"""
Load packages (`Name=uuid`) in a fresh Julia process. Everything that runs when a package is loaded (`__init__`, scratch
spaces, lazy artifacts) has run then. Returns every module that was loaded.
"""
function load_in_fresh_process(names::Vector{String}, flags::Vector{String}, strict::Bool)
    report = tempname()
    command = `$(julia_command(flags)) $(program("loaded.jl")) $report $strict $names`
    finished = success(pipeline(command; stdout = stdout, stderr = stderr))
    finished || throw(BuildError("the packages cannot be loaded; the reason stands above"))
    loaded = [loaded_module(split(line, '\t')) for line in eachline(report)]
    rm(report; force = true)
    return loaded
end

loaded_module(row) =
    Loaded(Base.PkgId(Base.UUID(String(row[2])), String(row[1])), isempty(row[3]) ? nothing : String(row[3]))
