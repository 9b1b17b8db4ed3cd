// Packages that bring something from outside of Julia, as those for Python and notebooks do.
import { versions } from "../define.ts";

/** Its script fills a folder of the depot that is none of Julia's, as Conda.jl's does. */
export const ORCHARD = versions("Orchard", ["1.0.0"], {
  files: {
    "deps/build.jl": `root = mkpath(joinpath(DEPOT_PATH[1], "orchard", "bin"))
write(joinpath(root, "press"), "#!/bin/sh\\necho cider\\n")
chmod(joinpath(root, "press"), 0o755)
write(joinpath(@__DIR__, "built.jl"), "const PRESS = $(repr(joinpath(root, "press")))\\n")
`,
  },
  body: `
include(joinpath(dirname(@__DIR__), "deps", "built.jl"))

__init__() = isfile(PRESS) || error("there is no press at ", PRESS)

drink() = readchomp(\`$PRESS\`)`,
});

/** Its script writes into the home folder, as IJulia's does, or where a variable says. */
export const POSTBOX = versions("Postbox", ["1.0.0"], {
  files: {
    "deps/build.jl": `folder = mkpath(get(ENV, "POSTBOX_FOLDER", joinpath(homedir(), ".postbox")))
write(joinpath(folder, "letter.txt"), "Dear all")
`,
  },
  body: 'letter() = read(joinpath(ENV["POSTBOX_FOLDER"], "letter.txt"), String)',
});

/** Makes an environment beside the active project when it is loaded, as CondaPkg.jl does, unless a variable forbids it. */
export const LODGINGS = versions("Lodgings", ["1.0.0"], {
  body: `
function __init__()
    get(ENV, "LODGINGS_BACKEND", "") == "Null" && return
    folder = joinpath(dirname(Base.active_project()), ".lodgings")
    isfile(joinpath(folder, "meta")) || (mkpath(folder); write(joinpath(folder, "meta"), "x"))
end

beds() = 2`,
});
