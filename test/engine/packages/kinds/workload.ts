// Packages that run while they are compiled what they will run later.
import { versions } from "../define.ts";

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
