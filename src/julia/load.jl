# Loading packages in a fresh process, as a program in the image will, and what came of it.

"A module that was loaded, and the compiled file it came from (`nothing`: it was loaded from its source)."
struct Loaded
    id::Base.PkgId
    file::Union{Nothing,String}
end

"""
Load packages (`Name=uuid`) in a fresh Julia process. Everything that runs when a package is loaded (`__init__`, scratch
spaces, lazy artifacts) has run then. With `strict`, a package that cannot be loaded ends the build.
"""
function load_in_fresh_process(names::Vector{String}, flags::Vector{String}, strict::Bool)
    report = tempname()
    command = `$(julia_command(flags)) $(program("loaded.jl")) $report $names`
    finished = success(pipeline(command; stdout = stdout, stderr = stderr))
    finished || throw(BuildError("the Julia process that loads the packages ended before its work was done"))
    rows = split.(readlines(report), '\t')
    rm(report; force = true)
    failures = [Failure(String(row[2]), unescape_string(String(row[3]))) for row in rows if row[1] == "failed"]
    isempty(failures) || report_failures(failures, "cannot be loaded", strict)
    return [loaded_module(row) for row in rows if row[1] == "loaded"]
end

loaded_module(row) =
    Loaded(Base.PkgId(Base.UUID(String(row[3])), String(row[2])), isempty(row[4]) ? nothing : String(row[4]))
