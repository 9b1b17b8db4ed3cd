# What of Julia is in the image, as a small JSON file in the depot, and for the log.

"Its name, in the depot; lib/script_imports.jl and src/frontend/sbom/reduced-record.ts have the same."
const REDUCED_RECORD = "julia.json"

function write_reduced(file::String, libraries::Vector{StandardLibrary}, left_out::Vector{StandardLibrary}, files::Vector{String})
    make_folders(dirname(file))
    write_whole(file, reduced_json(libraries, left_out, files))
    set_mode(file, 0o644)
end

"The record as JSON text; names are those of packages and files."
function reduced_json(libraries::Vector{StandardLibrary}, left_out::Vector{StandardLibrary}, files::Vector{String})
    rows = map(libraries) do library
        string("    {\"name\": ", json(library.id.name), ", \"uuid\": ", json(library.id.uuid), ", \"version\": ", json(library.version), "}")
    end
    return string("{\n  \"julia\": ", json(VERSION), ",\n  \"standardLibraries\": [\n", join(rows, ",\n"), "\n  ],\n  \"leftOut\": ",
        json(String[library.id.name for library in left_out]), ",\n  \"libraries\": ", json(sort!(unique!(basename.(files)))), "\n}\n")
end

json(::Nothing) = "null"
json(values::Vector) = string('[', join(map(json, values), ", "), ']')
json(value) = string('"', escape_string(string(value)), '"')
