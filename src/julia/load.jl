# Loading packages in a fresh process, as a program in the image will, and what came of it.

"A module that was loaded, and the compiled file it came from (`nothing`: it was loaded from its source)."
struct Loaded
    id::Base.PkgId
    file::Union{Nothing,String}
end

"""
Load packages (`Name=uuid`) in a fresh Julia process. Everything that runs when a package is loaded (`__init__`, scratch
spaces, lazy artifacts) has run then. `BuildError` if a package cannot be loaded.
"""
function load_in_fresh_process(names::Vector{String}, flags::Vector{String})
    report = tempname()
    command = `$(julia_command(flags)) $(program("loaded.jl")) $report $names`
    if !success(pipeline(command; stdout = stdout, stderr = stderr))
        throw(BuildError("loading $(join((first(split(name, '=')) for name in names), ", ")) failed; its error stands above"))
    end
    loaded = read_report(report)
    rm(report; force = true)
    return loaded
end

function read_report(report::String)
    map(eachline(report)) do line
        name, uuid, file = split(line, '\t')
        Loaded(Base.PkgId(Base.UUID(String(uuid)), String(name)), isempty(file) ? nothing : String(file))
    end
end
