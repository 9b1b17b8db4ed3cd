# What was put into the image, as a table in the build log and as a small JSON file in the depot.

"Print one row per package, the largest first, and the totals."
function print_table(shares::Vector{Share})
    isempty(shares) && return
    rows = sort(shares; by = share -> -(share.source + share.artifacts + share.compiled))
    width = maximum(length(share.package.name) for share in rows)
    line(name, version, source, artifacts, compiled) = say(rstrip(string(
        "  ", rpad(name, max(width, 7)), "  ", rpad(version, 10), "  ", lpad(source, 8), "  ", lpad(artifacts, 9), "  ", lpad(compiled, 8))))
    line("package", "version", "source", "artifacts", "compiled")
    for share in rows
        line(share.package.name, something(share.package.version, ""), cell(share.source), cell(share.artifacts), cell(share.compiled))
    end
    line("total", plural(length(rows), "package"), (cell(sum(getfield(share, field) for share in rows)) for field in (:source, :artifacts, :compiled))...)
end

cell(bytes::Integer) = bytes == 0 ? "-" : human_bytes(bytes)

function write_record(file::String, shares::Vector{Share})
    make_folders(dirname(file))
    write_whole(file, record_json(shares))
    set_mode(file, 0o644)
    set_time(file, FIXED_TIME)
end

"The record as JSON text. Names are validated by Pkg (identifiers) or hexadecimal, so strings need no more than quotes."
function record_json(shares::Vector{Share})
    rows = map(shares) do share
        package = share.package
        string("    {\"name\": ", json(package.name), ", \"uuid\": ", json(package.uuid), ", \"version\": ", json(package.version),
            ", \"treeHash\": ", json(package.tree_hash), ", \"licence\": ", json(share.licence),
            ", \"artifacts\": ", json(unique(share.artifact_hashes)), ", \"sourceBytes\": ", share.source,
            ", \"artifactBytes\": ", share.artifacts, ", \"compiledBytes\": ", share.compiled, "}")
    end
    return string("{\n  \"julia\": ", json(VERSION), ",\n  \"packages\": [\n", join(rows, ",\n"), "\n  ]\n}\n")
end

json(::Nothing) = "null"
json(values::Vector) = string('[', join(map(json, values), ", "), ']')
json(value) = string('"', escape_string(string(value)), '"')
