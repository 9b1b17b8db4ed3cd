# The folders that the step leaves. Each becomes one layer of the image: what is likely to change together is in one of them.

"How many folders there are for each kind of content; `settings.toml` has the numbers. Small packages may have none of their own."
struct Layers
    artifacts::Int
    compiled::Int
    packages::Int
    small::Int
end

Layers(settings::AbstractDict) = Layers(settings["artifacts"], settings["compiled"], settings["packages"], settings["small"])

"Where the depot and its writable neighbour are in the cache and the image, and where the folders for the image are."
struct Place
    depot::String
    user_depot::String
    output::String
    layers::Layers
end

"Where something of one folder for the image is laid out."
struct Part
    place::Place
    folder::String
end

part(place::Place, kind::Symbol, number::Integer) = Part(place, joinpath(place.output, "$kind-$number"))

last_part(place::Place, kind::Symbol) = part(place, kind, getfield(place.layers, kind))

in_output(part::Part, path::String) = string(part.folder, path)

all_parts(place::Place) = [part(place, kind, number) for kind in fieldnames(Layers) for number in 1:getfield(place.layers, kind)]

# The number is a function of the package alone, so that another package does not move it to another layer.
"A number from 1 to `most` for a package."
spread(uuid::Base.UUID, most::Integer) = Int(mod(uuid.value >> 120, most)) + 1

# Most packages that are added or updated are small, and a layer above one that changed is made anew: so what is small lies above what
# is large, its sources with its compiled code.
"The part for what a package has of a kind, `:compiled` or `:packages`, where its compiled file, or what it is, has so many bytes."
function part_of_package(place::Place, kind::Symbol, uuid::Base.UUID, bytes::Integer)
    place.layers.small > 0 && bytes < SMALL_BYTES && (kind = :small)
    return part(place, kind, spread(uuid, getfield(place.layers, kind)))
end

"The part for what belongs to no package, and changes with any."
top_part(place::Place) = last_part(place, place.layers.small > 0 ? :small : :compiled)

const SMALL_BYTES = 1_000_000

# Interpreted, it takes four times as long for each file; compiling it takes as long as that takes for some hundred files.
copy_many(source::String, target::String) = compiled_as_usual(() -> copy_tree(source, target))

# Julia touches a compiled file whenever it loads it. Its time decides only which of several files is tried first.
"Copy a folder with its times, or a file with the fixed one, of the depot to the same place in a part. Returns its bytes."
function copy_below(part::Part, relative::String)
    source = joinpath(part.place.depot, relative)
    target = in_output(part, source)
    isdir(source) && return copy_many(source, target)
    make_folders(dirname(target))
    bytes = copy_file(source, target)
    set_time(target, FIXED_TIME)
    return bytes
end

"Give folders and links the fixed time, so that a layer of the same content is the same in every build."
function finish_output(output::String)
    visit_tree(output) do path, _
        (isdir(path) || islink(path)) && set_time(path, FIXED_TIME)
    end
end

"What of the cache is in the output: package versions, artifacts and compiled files, relative to the depot."
function used_paths(place::Place)
    found = String[]
    for part in all_parts(place)
        append!(found, entries(in_output(part, place.depot)))
    end
    return found
end
