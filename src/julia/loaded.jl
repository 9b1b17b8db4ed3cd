# Runs in a process of its own: loads packages and reports which compiled file each loaded module came from, a line
# `name<tab>uuid<tab>file` each. Arguments: the report's file, whether a package that cannot be loaded ends the build, then
# `Name=uuid` of every package.

for part in ("say", "environment", "interpreted", "failures", "load")
    include("$part.jl")
end

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

function load_and_report(report::String, strict::Bool, names::Vector{String})
    load_packages([package_id(name) for name in names], strict)
    open(report, "w") do io
        for (id, loaded) in Base.loaded_modules
            id.uuid === nothing && continue
            println(io, id.name, '\t', id.uuid, '\t', something(compiled_file(id, loaded), ""))
        end
    end
end

run_step(() -> load_and_report(ARGS[1], ARGS[2] == "true", ARGS[3:end]))
