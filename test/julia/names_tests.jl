module NamesTests
using Test

const STEPS = joinpath(@__DIR__, "..", "..", "src", "julia", "steps")

"Evaluate a step's program in a module of its own, but for the lines that run it."
function loaded(step)
    steps = Module(Symbol("Step_", step))
    # A path counts from the file that has it. The step's own file is not read by Julia, those that it includes are.
    Core.eval(steps, :(include(path) = Base.include($steps, startswith(path, "../") ? joinpath($STEPS, path) : path)))
    text = read(joinpath(STEPS, "$step.jl"), String)
    position = 1
    while position <= ncodeunits(text)
        expression, position = Meta.parse(text, position)
        # What is included in some builds only is looked at too.
        is_conditional = expression isa Expr && expression.head == :&& && expression.args[1] != :IS_1_5
        is_conditional && (expression = expression.args[2])
        runs = expression isa Expr && expression.head == :call && expression.args[1] in (:run_step, :start_compiler)
        # It would have everything here interpreted.
        is_option = expression == :(include("../lib/interpreted.jl"))
        is_option && Core.eval(steps, :(compiled_as_usual(work, arguments...) = work(arguments...); yield_to_tasks() = yield(); interpret_again() = nothing))
        runs || is_option || expression === nothing || Core.eval(steps, expression)
    end
    return steps
end

own_names(steps) = filter(name -> isdefined(steps, name) && !startswith(string(name), '#') && name != :include, names(steps; all = true))

"Global names that the methods of a module use and that are defined nowhere."
function undefined_names(steps)
    found = Set{Symbol}()
    look(value) = nothing
    look(reference::GlobalRef) =
        reference.mod !== steps || isdefined(steps, reference.name) || push!(found, reference.name)
    look(expression::Expr) = foreach(look, expression.args)
    for name in own_names(steps), method in methods(getfield(steps, name))
        method.module === steps || continue
        code = Base.uncompressed_ast(method)
        foreach(look, code.code)
    end
    return found
end

is_of_1_5(name) = endswith(string(name), "_1_5")

@testset "the program $step" for step in ("dependencies", "application", "tests", "compile")
    steps = loaded(step)
    # What is for Julia 1.5 alone names functions that only some steps call, and is there on no other version.
    if VERSION >= v"1.6"
        @testset "uses no name that nobody defines" begin
            @test isempty(filter(!is_of_1_5, Base.invokelatest(undefined_names, steps)))
        end
    end
    @testset "gives nothing a name that Julia itself has" begin
        is_taken(name) = name in names(Base) && getfield(steps, name) !== getfield(Base, name)
        @test isempty(filter(is_taken, Base.invokelatest(own_names, steps)))
    end
end
end
