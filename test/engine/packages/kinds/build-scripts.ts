// Packages with a deps/build.jl.
import { using, versions } from "../define.ts";

/** Cannot be loaded before its deps/build.jl has run. */
export const SUNDIAL = versions("Sundial", ["1.0.0", "1.1.0"], {
  files: {
    "deps/build.jl": `write(joinpath(@__DIR__, "built.jl"), "const HOURS = 24\\n")\nprintln("Sundial is set up")\n`,
  },
  body: `
const BUILT = joinpath(dirname(@__DIR__), "deps", "built.jl")
isfile(BUILT) || error("Sundial was not built")
include(BUILT)

hours() = HOURS`,
});

/** Its deps/build.jl fails. */
export const QUICKSAND = versions("Quicksand", ["1.0.0"], {
  files: { "deps/build.jl": 'error("Quicksand cannot be built: the ground gives way")\n' },
  body: "depth() = 4",
});

/** What its script finds out is needed by the script of FORGE. */
export const BELLOWS = versions("Bellows", ["1.0.0"], {
  files: { "deps/build.jl": 'write(joinpath(@__DIR__, "built.jl"), "const PRESSURE = 7\\n")\n' },
  body: `
const BUILT = joinpath(dirname(@__DIR__), "deps", "built.jl")
isfile(BUILT) || error("Bellows was not built")
include(BUILT)

pressure() = PRESSURE`,
});

/** Its script loads a package that has to be built before. */
export const FORGE = versions("Forge", ["1.0.0"], {
  deps: using("Bellows"),
  compat: { Bellows: "1.0" },
  files: {
    "deps/build.jl": `import Bellows
write(joinpath(@__DIR__, "built.jl"), "const HEAT = $(100 * Bellows.pressure())\\n")
`,
  },
  body: `
import Bellows

const BUILT = joinpath(dirname(@__DIR__), "deps", "built.jl")
isfile(BUILT) || error("Forge was not built")
include(BUILT)

heat() = HEAT + Bellows.pressure()`,
});
