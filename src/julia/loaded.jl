# Runs in a process of its own: loads packages as the image will and reports which compiled file each loaded module came
# from. Arguments: the report's file, then `Name=uuid` of every package to load.

include("environment.jl")

# Julia 1.6 and newer note where a module was loaded from. Julia 1.5 does not: there the file is the one whose header names
# the build id of the loaded module.
function compiled_file(id::Base.PkgId, loaded::Module)
    if isdefined(Base, :pkgorigins)
        origin = get(Base.pkgorigins, id, nothing)
        return origin === nothing ? nothing : origin.cachepath
    end
    build_id = Base.module_build_id(loaded)
    for file in Base.find_all_in_cache_path(id)
        header_build_id(file, id) == build_id && return file
    end
    return nothing
end

function header_build_id(file::String, id::Base.PkgId)
    open(file) do io
        Base.isvalid_cache_header(io) || return nothing
        modules = first(Base.parse_cache_header(io))
        position = findfirst(entry -> first(entry) == id, modules)
        return position === nothing ? nothing : last(modules[position])
    end
end

"Load one package; returns `nothing` or the text of the error, its own output included."
function load(id::Base.PkgId)
    try
        Base.require(id)
        return nothing
    catch error
        error isa InterruptException && rethrow()
        return sprint(showerror, error)
    end
end

# Lines of the report: `loaded<tab>name<tab>uuid<tab>compiled file`, or `failed<tab>name<tab>error`.
function load_and_report(report::String, names::Vector{String})
    open(report, "w") do io
        for name in names
            error = load(package_id(name))
            error === nothing || println(io, "failed\t", package_id(name).name, '\t', escape_string(error))
        end
        for (id, loaded) in Base.loaded_modules
            id.uuid === nothing && continue
            println(io, "loaded\t", id.name, '\t', id.uuid, '\t', something(compiled_file(id, loaded), ""))
        end
    end
end

load_and_report(ARGS[1], ARGS[2:end])
