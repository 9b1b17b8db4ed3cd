# Which packages can have a compiled file.

# Of the type of `Base.loaded_modules`, for which Julia brings what is called here compiled; `copy` is not.
"What the system image holds needs no compiled file. Nothing else is loaded when a program begins."
const SYSTEM_IMAGE = Dict{Base.PkgId,Module}()

for (id, loaded) in Base.loaded_modules
    SYSTEM_IMAGE[id] = loaded
end

"Whether a package can have a compiled file: it has sources, and they do not forbid it."
function is_compilable(id::Base.PkgId)
    source = Base.locate_package(id)
    return source !== nothing && !haskey(SYSTEM_IMAGE, id) && !forbids_precompilation(source)
end

# The test Pkg itself uses (Julia 1.5, API.precompile). Few have the word, and a regular expression takes 20 ms the first time.
function forbids_precompilation(source::String)
    text = read(source, String)
    return occursin("__precompile__", text) && occursin(r"\b__precompile__\(\s*false\s*\)", text)
end
