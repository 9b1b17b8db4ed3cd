// Packages that run while they are compiled what they will run later.
import { using, versions } from "../define.ts";

/**
 * As PrecompileTools.jl does with `@compile_workload`, without being it. From Julia 1.9 on the native code is kept; the
 * functions have no `precompile` statement, so that nothing else can have brought it there.
 */
export const FURNACE = versions("Furnace", ["1.0.0"], {
  body: `
struct Coal
    grams::Int
end

@noinline burn(coal::Coal, table::Dict{Symbol,Vector{Coal}}) = sum(each -> each.grams, push!(get!(table, :coals, Coal[]), coal))

@noinline glow(number::Int) = burn(Coal(number), Dict{Symbol,Vector{Coal}}())

ccall(:jl_generating_output, Cint, ()) == 1 && Base.invokelatest(glow, 7)`,
});

/** The one macro of the real package that a workload needs, as far as Julia 1.12 needs it. */
export const PRECOMPILE_TOOLS = versions("PrecompileTools", ["1.3.0"], {
  compat: { julia: "1.10" },
  body: `
export @compile_workload

const TAGS = VERSION >= v"1.12"

tag() = TAGS && ccall(:jl_tag_newly_inferred_enable, Cvoid, ())
untag() = TAGS && ccall(:jl_tag_newly_inferred_disable, Cvoid, ())

macro compile_workload(work)
    return quote
        if ccall(:jl_generating_output, Cint, ()) == 1
            tag()
            try
                $(esc(work))
            finally
                untag()
            end
        end
    end
end`,
});

/** Has code that nothing compiles before it is called. */
export const KILN = versions("Kiln", ["1.0.0"], {
  compat: { julia: "1.10" },
  deps: using("PrecompileTools"),
  body: `
@noinline fire(bricks::Dict{String,Vector{Int}}) = sum(sum, values(bricks))

@noinline bake(number::Int) = fire(Dict("bricks" => collect(1:number)))`,
});
