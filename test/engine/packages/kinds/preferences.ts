// Packages that are compiled by what a project prefers.
import { versions } from "../define.ts";
import { UUIDS } from "../names.ts";

/** As Preferences.jl does with `@load_preference`, without being it: Base has what both need since Julia 1.6. */
export const LANTERN = versions("Lantern", ["1.0.0"], {
  compat: { julia: "1.6" },
  body: `
const UUID = Base.UUID("${UUIDS.Lantern}")

function preferred(key, default)
    Base.record_compiletime_preference(UUID, key)
    return get(Base.get_preferences(UUID), key, default)
end

const COLOUR = preferred("colour", "white")

colour() = COLOUR`,
});
