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

/**
 * Notes a scratch space when it is compiled, as `@get_scratch!` at the top of a module does, and adds to it when it is loaded
 * where a variable says so: what one project puts there is no other's business.
 */
export const CELLAR = versions("Cellar", ["1.0.0"], {
  body: `
const KEY = joinpath("scratchspaces", "${UUIDS.Cellar}", "bottles")
const PLACE = mkpath(joinpath(first(DEPOT_PATH), KEY))
write(joinpath(PLACE, "label.txt"), "a good year")

function __init__()
    extra = get(ENV, "CELLAR_EXTRA", "")
    isempty(extra) || write(joinpath(mkpath(joinpath(first(DEPOT_PATH), KEY)), extra), extra)
end

label() = read(joinpath(PLACE, "label.txt"), String)`,
});
