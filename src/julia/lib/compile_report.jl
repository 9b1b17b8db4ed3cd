# What the compiling process tells the one that collects.

"A compiled file, and the package that it belongs to: what it holds, or holds an extension of."
struct CompiledFile
    owner::Base.UUID
    path::String
end

"Write a line `uuid<tab>path` for each file."
write_report(report::String, files::Vector{CompiledFile}) =
    write_whole(report, join(string(file.owner, '\t', file.path, '\n') for file in files))

function read_report(report::String)
    rows = [split(line, '\t') for line in eachline(report)]
    return CompiledFile[CompiledFile(Base.UUID(String(row[1])), String(row[2])) for row in rows]
end
