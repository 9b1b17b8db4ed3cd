# Loading packages as a program in the image will.

"Load packages in this process. With `strict`, one that cannot be loaded ends the build."
function load_packages(ids::Vector{Base.PkgId}, strict::Bool)
    failures = Failure[]
    for id in ids
        error = load(() -> Base.require(id))
        error === nothing || push!(failures, Failure(id.name, id, error))
    end
    report_failures(failures, "cannot be loaded", strict)
end

"""
Load packages by their names, as `import` does in a program of the image. One that cannot be found is an error, also where a
failure to compile is not.
"""
function load_by_name(ids::Vector{Base.PkgId}, strict::Bool)
    failures = Failure[]
    for id in ids
        reason = why_missing(id)
        reason === nothing || throw(BuildError("the image would not find $(id.name)$(asked_at(id)): $reason"))
        error = load(() -> Base.require(Main, Symbol(id.name)))
        error === nothing || push!(failures, Failure(id.name, id, error))
    end
    report_failures(failures, "cannot be loaded", strict)
end

# What fails here fails again where it is looked at. Whether a compiled file of Julia 1.5 is of use shows only when it is loaded.
"Load packages ahead of time that can be loaded without compiling anything. Other tasks go on after each."
function load_what_is_fresh(ids::Vector{Base.PkgId})
    IS_1_5 && return
    for id in ids
        yield_to_tasks()
        is_stale(id) || load(() -> Base.require(id))
    end
    interpret_again()
end

"Why a program that says `import Name` would not get this package; `nothing` if it would."
function why_missing(id::Base.PkgId)
    found = Base.identify_package(id.name)
    found === nothing && return "no project or manifest in the image names it"
    found == id || return "the image's project and manifest name another package of that name, $(found.uuid)"
    return Base.locate_package(id) === nothing ? "its sources are not in the image" : nothing
end

"Where the active project asks for a package, as ` (/app/Project.toml, line 3)`; empty if its text does not have the UUID."
function asked_at(id::Base.PkgId)
    file = Base.active_project()
    (file === nothing || !isfile(file)) && return ""
    line = findfirst(text -> occursin(string(id.uuid), text), readlines(file))
    return line === nothing ? "" : " ($file, line $line)"
end

"Do `work`, which loads a package; returns `nothing` or the text of the error."
function load(work::Function)
    try
        compiled_as_usual(work)
        return nothing
    catch error
        error isa InterruptException && rethrow()
        return sprint(showerror, error)
    end
end
