# Standard libraries that a script of the image imports and a reduced Julia does not have. A script may import any of Julia's,
# whether or not the project names it; loading the project does not show that.

"What is written where the image's Julia is reduced; lib/reduced_record.jl has the same name."
const REDUCED_RECORD = "julia.json"

"Fail if a script imports a standard library that was left out."
function check_imports(scripts::Vector{String}, depot::String)
    record = joinpath(depot, REDUCED_RECORD)
    isfile(record) || return
    left_out = left_out_of(record)
    for script in filter(isfile, scripts)
        absent = sort!(filter(name -> name in left_out, imported_names(script)))
        isempty(absent) || throw(BuildError("""
            $script imports $(join(absent, ", ", " and ")), which the image's Julia does not have: it is reduced to what the project depends on.
            Add it to the project, or to keep-stdlibs under [image]."""))
    end
end

# The file is ours, and has the list on a line of its own.
function left_out_of(record::String)
    index = findfirst(line -> occursin("\"leftOut\":", line), readlines(record))
    index === nothing && return String[]
    return String[found[1] for found in eachmatch(r"\"(\w+)\"[,\]]", readlines(record)[index])]
end

"Names of the packages that a script imports, and the files that it includes by a name in quotes."
function imported_names(script::String)
    found, seen = String[], Set{String}()
    collect_imports(script, found, seen)
    return unique!(found)
end

function collect_imports(file::String, found::Vector{String}, seen::Set{String})
    (file in seen || !isfile(file)) && return
    push!(seen, file)
    visit_expression(Base.Meta.parseall(read(file, String); filename = file)) do expression
        if expression.head in (:using, :import)
            append!(found, String[name for part in expression.args for name in imported_name(part)])
        elseif expression.head == :call && length(expression.args) == 2 && expression.args[1] == :include && expression.args[2] isa String
            collect_imports(normpath(dirname(file), expression.args[2]), found, seen)
        end
    end
end

function visit_expression(visit::Function, expression::Any)
    expression isa Expr || return
    visit(expression)
    foreach(part -> visit_expression(visit, part), expression.args)
end

"The package of `A`, `A.B`, `A: b` or `A as B`; none of `.A`, which is a module that is there already."
function imported_name(part::Any)
    part isa Expr || return String[]
    part.head in (:(:), :as) && return imported_name(first(part.args))
    name = part.head == :. ? first(part.args) : nothing
    return name isa Symbol && name != :. ? String[string(name)] : String[]
end
