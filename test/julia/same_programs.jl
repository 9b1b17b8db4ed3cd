# Compares programs with what is left of them in a build, without comments and docstrings: Julia is to read the same.
#
# Arguments: the folder of the programs, and the folder of what is left.

is_documented(expression) = expression isa Expr && expression.head == :macrocall && occursin("@doc", string(expression.args[1]))

"What is run of an expression: without docstrings, and without where it stands, which is left as it was by counting lines."
what_is_run(leaf) = leaf
function what_is_run(expression::Expr)
    is_documented(expression) && return what_is_run(expression.args[end])
    return Expr(expression.head, Any[what_is_run(each) for each in expression.args if !(each isa LineNumberNode)]...)
end

expressions(file) = what_is_run(Base.parse_input_line(read(file, String)))

function compare(programs, left)
    count = 0
    for (folder, _, names) in walkdir(programs), name in names
        endswith(name, ".jl") || continue
        path = relpath(joinpath(folder, name), programs)
        expressions(joinpath(programs, path)) == expressions(joinpath(left, path)) || error("$path is another program without its documentation")
        count += 1
    end
    println("$count programs are the same")
end

compare(ARGS...)
