# The base of the image, as far as Julia has to get along with it: it brings the C library.

"A file system that is mounted in this step, and what people call it."
struct SmallBase
    root::String
    name::String
end

"The path in this step of a file of the base, its links followed within the base, or `nothing` if there is none."
function find_inside(base::SmallBase, path::AbstractString, links::Int = 40)
    parts, real = split(path, '/'; keepempty = false), ""
    while !isempty(parts)
        part = popfirst!(parts)
        part == "." && continue
        part == ".." && (real = dirname(real); continue)
        below = string(rstrip(real, '/'), '/', part)
        inside = string(base.root, below)
        if islink(inside)
            links -= 1
            links < 0 && return nothing
            target = readlink(inside)
            startswith(target, '/') && (real = "")
            parts = [split(target, '/'; keepempty = false); parts]
        else
            ispath(inside) || return nothing
            real = below
        end
    end
    return string(base.root, real)
end

"The path in this step of a library in one of the folders that the loader of the C library looks into (ld.so(8)), or `nothing`."
function find_library(base::SmallBase, name::String)
    for folder in library_folders(base)
        file = find_inside(base, joinpath(folder, name))
        file === nothing || return file
    end
    return nothing
end

# Debian and those that come from it have a folder for each architecture.
function library_folders(base::SmallBase)
    folders = String[]
    for folder in ("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib")
        inside = find_inside(base, folder)
        (inside === nothing || !isdir(inside)) && continue
        push!(folders, folder)
        append!(folders, joinpath.(folder, filter(name -> occursin("-linux-gnu", name), readdir(inside))))
    end
    return folders
end

"""
Fail unless the base has what these files need of it: the loader, the libraries, and of these the versions. `own` are the names of
libraries that Julia brings; `others` are files of packages, which may bring the libraries of each other.
"""
function check_small_base(base::SmallBase, program::String, binaries::Vector{Binary}, own, others::Vector{Binary})
    check_loader(base, with_elf(interpreter, program))
    check_libraries(base, binaries, own)
    check_versions(base, [binaries; others], own)
end

function check_loader(base::SmallBase, loader::Union{Nothing,String})
    (loader === nothing || find_inside(base, loader) !== nothing) && return
    reason = has_musl(base) ? "Its C library is musl, as in Alpine" : "It has no C library, or one for another processor"
    throw(BuildError("the image's base $(base.name) cannot run Julia, which needs glibc: there is no $loader. $reason"))
end

function has_musl(base::SmallBase)
    folders = filter(folder -> folder !== nothing && isdir(folder), [find_inside(base, "/lib"), find_inside(base, "/usr/lib")])
    return any(folder -> any(name -> startswith(name, "ld-musl-"), readdir(folder)), folders)
end

function check_libraries(base::SmallBase, binaries::Vector{Binary}, own)
    known = Set{String}(own)
    for binary in binaries, name in binary.libraries
        name in known && continue
        find_library(base, name) === nothing &&
            throw(BuildError("the image's base $(base.name) has no $name, which $(binary.file) needs; a package under `apt` may bring it"))
        push!(known, name)
    end
end

"A version that the base does not have, and the file that needs it."
struct MissingVersion
    file::String
    needed::NeededVersion
end

function check_versions(base::SmallBase, binaries::Vector{Binary}, own)
    defined = Dict{String,Union{Nothing,Set{String}}}()
    function is_missing(needed)
        needed.library in own && return false
        versions = get!(() -> versions_of(base, needed.library), defined, needed.library)
        return versions !== nothing && !(needed.version in versions)
    end
    missing_ones = MissingVersion[MissingVersion(binary.file, needed) for binary in binaries for needed in binary.versions if is_missing(needed)]
    isempty(missing_ones) && return
    # All are as wrong as the worst, which a mended base has to have.
    worst = last(sort(missing_ones; by = each -> (version_number(each.needed.version), each.file)))
    throw(BuildError(missing_text(base, worst, defined[worst.needed.library])))
end

"The versions that a library of the base has, or `nothing` if the base has no such library: a package may bring it."
function versions_of(base::SmallBase, name::String)
    file = find_library(base, name)
    return file === nothing || !is_elf(file) ? nothing : with_elf(defined_versions, file)
end

"`GLIBC_2.38` as 2.38.0, for comparing."
function version_number(version::String)
    found = match(r"_(\d+(?:\.\d+)*)$", version)
    return found === nothing ? v"0" : VersionNumber(String(found[1]))
end

function missing_text(base::SmallBase, (; file, needed)::MissingVersion, defined::Set{String})
    symbol = with_elf(elf -> symbol_of(elf, needed), file)
    prefix = first(split(needed.version, '_'))
    known = sort!(filter(version -> startswith(version, "$(prefix)_"), collect(defined)); by = version_number)
    newest = isempty(known) ? "" : ", whose newest is $(last(known))"
    what = symbol === nothing ? needed.version : "$symbol of version $(needed.version)"
    return """
        $file needs $what, which $(needed.library) of the image's base $(base.name) does not have$newest.
        Name a newer system as `base` under [image], or build on an older one: `base` at the top of the spec."""
end
