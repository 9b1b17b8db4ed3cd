# Which standard libraries an image needs: what its Julia has loaded, what the project's packages depend on, whether or not they
# have loaded it yet, and what the spec names.

"A standard library as Julia has it in its own folder."
struct StandardLibrary
    id::Base.PkgId
    folder::String
    version::Union{Nothing,String}
    dependencies::Vector{Base.UUID}
    extensions::Dict{String,Vector{Base.UUID}}
end

"Every standard library of this Julia, by UUID."
function standard_libraries()
    folders = filter(isdir, joinpath.(Sys.STDLIB, sort!(readdir(Sys.STDLIB))))
    libraries = StandardLibrary[standard_library(folder) for folder in folders if project_file(folder) !== nothing]
    return Dict{Base.UUID,StandardLibrary}(library.id.uuid => library for library in libraries)
end

function standard_library(folder::String)
    table = parse_toml(project_file(folder))
    by_name(section) = Dict{String,Base.UUID}(name => Base.UUID(uuid) for (name, uuid) in get(table, section, Dict{String,Any}()))
    dependencies = by_name("deps")
    return StandardLibrary(Base.PkgId(Base.UUID(table["uuid"]), table["name"]), folder, get(table, "version", nothing),
        collect(Base.UUID, values(dependencies)), complete_extensions(table, merge(by_name("weakdeps"), dependencies)))
end

"""
The standard libraries that are needed, sorted by name. `direct` are the project's dependencies, `keep` names that the spec has
besides. One that the manifest has as a package comes from the depot.
"""
function needed_standard_libraries(manifest::Vector{ManifestPackage}, direct::Vector{Base.PkgId}, keep::Vector{String})
    libraries = standard_libraries()
    packages = Dict{Base.UUID,ManifestPackage}(package.uuid => package for package in manifest)
    function dependencies_of(uuid)
        haskey(packages, uuid) && return packages[uuid].dependencies
        return haskey(libraries, uuid) ? libraries[uuid].dependencies : Base.UUID[]
    end
    loaded = Base.UUID[id.uuid for id in keys(Base.loaded_modules) if id.uuid !== nothing]
    kept = Base.UUID[uuid_of(name, libraries) for name in keep]
    found = with_dependencies(Base.UUID[loaded; Base.UUID[id.uuid for id in direct]; kept], dependencies_of)
    is_of_depot(uuid) = !(uuid in kept) && haskey(packages, uuid) && in_depot(packages[uuid])
    needed = StandardLibrary[libraries[uuid] for uuid in found if haskey(libraries, uuid) && !is_of_depot(uuid)]
    return sort!(needed; by = library -> library.id.name)
end

function uuid_of(name::String, libraries::Dict{Base.UUID,StandardLibrary})
    for library in values(libraries)
        library.id.name == name && return library.id.uuid
    end
    throw(BuildError("keep-stdlibs under [image] names $name, which is no standard library of Julia $VERSION"))
end

function with_dependencies(starts::Vector{Base.UUID}, dependencies_of::Function)
    found, left = Set{Base.UUID}(), starts
    while !isempty(left)
        uuid = pop!(left)
        uuid in found && continue
        push!(found, uuid)
        append!(left, dependencies_of(uuid))
    end
    return found
end

"Those with their extensions that nothing more than these triggers: what may have a compiled file."
function compiled_units(libraries::Vector{StandardLibrary})
    present = Set{Base.UUID}(library.id.uuid for library in libraries)
    extensions = Base.PkgId[Base.PkgId(Base.uuid5(library.id.uuid, name), name)
                            for library in libraries for (name, triggers) in library.extensions if issubset(triggers, present)]
    return Base.PkgId[Base.PkgId[library.id for library in libraries]; extensions]
end

# Loading one also has it open its libraries, which shows which these are.
"Load every one. What cannot be loaded here would not be there for the image's Julia either."
function load_standard_libraries(libraries::Vector{StandardLibrary})
    for library in libraries
        error = load(() -> Base.require(library.id))
        error === nothing || say("  $(library.id.name) cannot be loaded in the base either: $(first_line(error))")
    end
end

# Nothing runs the tests of a standard library in an image, and nothing shows its documentation or minds how it is developed.
"Whether a file or folder of a standard library, by its name, is not for the image."
is_left_out(name::AbstractString) = name in ("test", "docs") || startswith(name, ".")

"The compiled files of Julia's own folder that this process took, or would take."
function standard_compiled_files(ids::Vector{Base.PkgId}, home::String)
    files = String[]
    for id in ids
        haskey(Base.pkgorigins, id) || continue
        file = something(Base.pkgorigins[id].cachepath, fresh_file(id), Some(nothing))
        file === nothing || !is_below(file, home) || append!(files, filter(isfile, [file, string(chop(file; tail = 3), ".so")]))
    end
    return String[realpath(file) for file in files]
end

fresh_file(id::Base.PkgId) = haskey(SYSTEM_IMAGE, id) ? nothing : fresh_compiled_file(id)

is_below(path::String, folder::String) = startswith(path, joinpath(folder, ""))
