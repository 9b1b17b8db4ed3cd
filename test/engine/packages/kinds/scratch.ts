// Packages with scratch spaces.
import { versions } from "../define.ts";
import { UUIDS } from "../names.ts";

/** Makes a scratch space when loaded, unless a depot has it already: as Scratch.jl does, without being it. */
export const PANTRY = versions("Pantry", ["1.0.0", "1.1.0"], {
  body: `
const KEY = joinpath("scratchspaces", "${UUIDS.Pantry}", "shelves")
const SHELF = Ref("")

function __init__()
    stocked = filter(depot -> isfile(joinpath(depot, KEY, "flour.txt")), DEPOT_PATH)
    if isempty(stocked)
        SHELF[] = mkpath(joinpath(first(DEPOT_PATH), KEY))
        write(joinpath(SHELF[], "flour.txt"), "a pound of flour")
    else
        SHELF[] = joinpath(first(stocked), KEY)
    end
end

flour() = read(joinpath(SHELF[], "flour.txt"), String)`,
});
