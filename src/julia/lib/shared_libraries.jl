# Which files of Julia's folder hold machine code that an image needs: what is open in this process, what the standard libraries
# say their products are, what their sources name, and what all of these need.

"Real paths of the files below a folder that this process has in its memory (proc(5), maps)."
function mapped_files(home::String)
    columns = [split(line; limit = 6) for line in eachline("/proc/self/maps")]
    paths = Set{String}(String(strip(last(row))) for row in columns if length(row) == 6)
    return String[realpath(path) for path in paths if is_below(path, home) && isfile(path)]
end

# JLLWrappers' interface has a function `get_<product>_path` for each library, program and file. The packages of binaries in Julia's
# folder look alike, but for some products they have no more than the path in a variable.
"Files that the loaded packages of binaries name as their products."
function products(libraries::Vector{StandardLibrary}, home::String)
    found = String[]
    for library in libraries
        wrapper = get(Base.loaded_modules, library.id, nothing)
        (wrapper === nothing || !endswith(library.id.name, "_jll")) && continue
        for name in names(wrapper; all = true)
            path = isdefined(wrapper, name) ? product(string(name), getfield(wrapper, name)) : nothing
            path === nothing || !is_below(path, home) || append!(found, with_neighbours(path))
        end
    end
    return found
end

"The real path of a file that a package names as a product, or `nothing` if the value is none."
function product(name::String, value::Any)
    is_asked = value isa Function && occursin(r"^get_\w+_path$", name)
    path = is_asked ? answer(value) : is_lazy_library(value) ? Base.Libc.Libdl.dlpath(Base.Libc.Libdl.dlopen(value)) : value
    return path isa AbstractString && isabspath(path) && isfile(path) ? realpath(String(path)) : nothing
end

# Since Julia 1.11 a library can be opened when it is first used.
is_lazy_library(value::Any) = isdefined(Base.Libc.Libdl, :LazyLibrary) && value isa Base.Libc.Libdl.LazyLibrary

function answer(ask::Function)
    try
        return Base.invokelatest(ask)
    catch error
        error isa InterruptException && rethrow()
        return nothing
    end
end

# 7-Zip has its formats in a library beside the program, which it opens by name.
"A file, and the library beside it that bears its name."
with_neighbours(path::String) = filter(isfile, [path, "$path.so"])

"Folders in which Julia's programs look for libraries."
library_folders(home::String) = filter(isdir, [joinpath(home, "lib"), joinpath(home, "lib", "julia")])

"Real paths of the libraries in Julia's folders, by each name that they have there."
function libraries_by_name(home::String)
    found = Dict{String,String}()
    for folder in library_folders(home), name in readdir(folder)
        path = joinpath(folder, name)
        occursin(r"\.so(\.|$)", name) && isfile(path) && (found[name] = realpath(path))
    end
    return found
end

# `ccall` opens a library when it is first called: libdSFMT is not open before someone makes a MersenneTwister.
"Libraries that these sources name, as `:libdSFMT` or \"libdSFMT\"."
function named_libraries(folders::Vector{String}, by_name::Dict{String,String})
    stems = Dict{String,String}(replace(name, r"\.so$" => "") => path for (name, path) in by_name if endswith(name, ".so"))
    isempty(stems) && return String[]
    pattern = Regex("(?:(?<=[^:]:)|(?<=\"))(?:$(join((replace(stem, r"[^\w-]" => s"\\\0") for stem in keys(stems)), '|')))\\b(?!_jll)")
    found = Set{String}()
    for folder in folders
        visit_tree(folder) do path, relative
            endswith(path, ".jl") && isfile(path) && !is_left_out(first(splitpath(relative))) || return
            foreach(each -> push!(found, stems[each.match]), eachmatch(pattern, read(path, String)))
        end
    end
    return collect(found)
end

"A file with machine code, and what it needs of others."
struct Binary
    file::String
    libraries::Vector{String}
    versions::Vector{NeededVersion}
end

"What the file needs; of one that is no ELF file, nothing."
function read_binary(file::String)
    is_elf(file) || return Binary(file, String[], NeededVersion[])
    return with_elf(elf -> Binary(file, needed_libraries(elf), needed_versions(elf)), file)
end

"These files and the libraries of Julia's folder that they need, directly or not, sorted."
function with_needed(files::Vector{String}, by_name::Dict{String,String})
    found, left = Dict{String,Binary}(), copy(files)
    while !isempty(left)
        file = pop!(left)
        haskey(found, file) && continue
        found[file] = read_binary(file)
        append!(left, String[by_name[name] for name in found[file].libraries if haskey(by_name, name)])
    end
    return sort!(collect(values(found)); by = binary -> binary.file)
end

"Where Julia has the program that links compiled files (base/linking.jl), or `nothing` if it has none."
function linker()
    isdefined(Base, :Linking) && isdefined(Base.Linking, :lld) || return nothing
    path = try
        first(compiled_as_usual(() -> Base.Linking.lld().exec))
    catch error
        error isa InterruptException && rethrow()
        return nothing
    end
    return isfile(path) ? realpath(path) : nothing
end
