// Packages for extensions, besides Tally, whose extension is for Colours.
import { using, versions } from "../define.ts";

/** Depends on Tally, but does not load it: nothing that a project with it loads brings Tally along. */
export const LODGER = versions("Lodger", ["1.0.0"], {
  deps: using("Tally"),
  compat: { Tally: "1.0" },
  body: `
"Loads Tally when it is called, as packages do with what they seldom need."
function count(items)
    tally = Base.require(Base.PkgId(Base.UUID("a4d8f0c6-5b3e-4e92-b7a6-9e0c1d2f4a03"), "Tally"))
    return Base.invokelatest(tally.tally, items)
end`,
});
