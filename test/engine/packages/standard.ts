import { defineArtifact } from "./artifact-fixture.ts";
import { type Catalogue, catalogueOf } from "./catalogue.ts";
import { definePackage, type PackageDeclaration, type PackageFixture } from "./package-fixture.ts";
import { STDLIB_UUIDS } from "./stdlib.ts";

/** The packages that examples and end to end tests use: small, and each there for one thing that can go wrong. */
export const UUIDS = {
  Colours: "3f6c1a52-8a0e-4a54-9d0f-5d1f0c6b7a01",
  Greetings: "7c2b9e14-1d7f-4c38-8f41-2a9c5e8d3b02",
  Tally: "a4d8f0c6-5b3e-4e92-b7a6-9e0c1d2f4a03",
  Almanac: "c91e7b3a-6f24-4d05-a8b3-0f7d6e5c9b04",
  Inkwell_jll: "e5a30d7f-2c98-5b16-9c4d-7b8e1f0a6d05",
  Letterpress: "19b7e4d2-0a6c-4f83-8e5b-c3d2a1f09e06",
  Pantry: "5d0c8f6b-9e71-4a2d-b4c8-6a1f3e7d0c07",
  Sundial: "82f1a9c3-7d5e-4b60-9f2a-1e8c4d6b3a08",
  Ropewalk: "d6e2c4b8-3f1a-4c97-a0d5-8b7f9e1c2d09",
  Thornbush: "f8a6d0e1-4c2b-4e59-8d7c-5f3a2b9e1c10",
  Quicksand: "0be4f7a9-8c6d-4d12-9a3e-2c5d7f1b8e11",
} as const;

type Name = keyof typeof UUIDS;

function using<N extends Name>(...names: readonly N[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, UUIDS[name]]));
}

function stdlib(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, STDLIB_UUIDS[name] as string]));
}

/** One package in several versions, whose source differs by the version it states. */
function versions(
  name: Name,
  numbers: readonly string[],
  rest: Omit<PackageDeclaration, "name" | "uuid" | "version">,
): readonly PackageFixture[] {
  return numbers.map((version) =>
    definePackage({
      ...rest,
      ...{ name, version, uuid: UUIDS[name] },
      body: `release() = v"${version}"\n\n${rest.body.trim()}`,
    }),
  );
}

const COLOURS = versions("Colours", ["1.0.0", "1.1.0", "2.0.0"], {
  body: `
struct Colour
    red::UInt8
    green::UInt8
    blue::UInt8
end

const NAMED = Dict("teal" => Colour(0x00, 0x80, 0x80), "plum" => Colour(0x8e, 0x45, 0x85))

paint(text::AbstractString, name::AbstractString) =
    (c = NAMED[name]; string("\\e[38;2;", Int(c.red), ";", Int(c.green), ";", Int(c.blue), "m", text, "\\e[0m"))`,
});

const GREETINGS = versions("Greetings", ["1.0.0", "1.1.0"], {
  deps: using("Colours"),
  compat: { Colours: "1.0" },
  body: `
import Colours

greet(name::AbstractString) = string("Hello, ", name, "!")
greet(name::AbstractString, colour::AbstractString) = Colours.paint(greet(name), colour)

precompile(greet, (String,))`,
});

const TALLY_VERSIONS = ["0.9.0", "1.0.0", "1.2.0"];
const TALLY = versions("Tally", TALLY_VERSIONS, {
  weakDeps: using("Colours"),
  extensions: { TallyColoursExt: "Colours" },
  files: {
    "ext/TallyColoursExt.jl": `module TallyColoursExt

import Colours, Tally

Tally.label(colour::Colours.Colour) = string(colour.red, "/", colour.green, "/", colour.blue)

end # module TallyColoursExt
`,
  },
  body: `
label(x) = string(x)

function tally(items)
    counts = Dict{String,Int}()
    for item in items
        key = label(item)
        counts[key] = get(counts, key, 0) + 1
    end
    return counts
end

precompile(tally, (Vector{String},))`,
});

const ALMANAC = versions("Almanac", ["1.0.0", "1.1.0"], {
  deps: { ...using("Tally"), ...stdlib("Dates") },
  compat: { Tally: "1.0" },
  body: `
import Dates, Tally

weekdays(dates) = Tally.tally(map(Dates.dayname, dates))`,
});

const PLATFORMS = [
  { os: "linux", arch: "x86_64", libc: "glibc" },
  { os: "linux", arch: "i686", libc: "glibc" },
  { os: "linux", arch: "aarch64", libc: "glibc" },
];

const INKWELL = ["1.0.0+0", "1.1.0+0"].flatMap((version) =>
  versions("Inkwell_jll", [version], {
    // Pkg.Artifacts is there from Julia 1.3 on, the standard library Artifacts from 1.6.
    deps: stdlib("Pkg"),
    artifacts: [
      ...PLATFORMS.map((platform) =>
        defineArtifact({
          name: "Inkwell",
          platform,
          files: {
            "share/inkwell/ink.txt": `Ink ${version} for ${platform.arch}\n`,
            "bin/inkwell": { executable: `#!/bin/sh\necho "Inkwell ${version} for ${platform.arch}"\n` },
            "bin/ink": { symlink: "inkwell" },
          },
        }),
      ),
      defineArtifact({
        name: "Inkwell_refill",
        lazy: true,
        files: { "refill.txt": `Refill for ${version}\n` },
      }),
    ],
    body: `
import Pkg.Artifacts: @artifact_str

artifact_dir() = artifact"Inkwell"
ink() = strip(read(joinpath(artifact_dir(), "share", "inkwell", "ink.txt"), String))
program() = joinpath(artifact_dir(), "bin", "inkwell")`,
  }),
);

const LETTERPRESS = versions("Letterpress", ["1.0.0", "1.1.0"], {
  deps: using("Greetings", "Inkwell_jll"),
  compat: { Greetings: "1.0", Inkwell_jll: "1.0" },
  body: `
import Greetings, Inkwell_jll

press(name::AbstractString) = string(Greetings.greet(name), " (", Inkwell_jll.ink(), ")")`,
});

/** Makes a scratch space when loaded, unless a depot has it already: as Scratch.jl does, without being it. */
const PANTRY = versions("Pantry", ["1.0.0", "1.1.0"], {
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

/** Cannot be loaded before its deps/build.jl has run. */
const SUNDIAL = versions("Sundial", ["1.0.0", "1.1.0"], {
  files: {
    "deps/build.jl": `write(joinpath(@__DIR__, "built.jl"), "const HOURS = 24\\n")\nprintln("Sundial is set up")\n`,
  },
  body: `
const BUILT = joinpath(dirname(@__DIR__), "deps", "built.jl")
isfile(BUILT) || error("Sundial was not built")
include(BUILT)

hours() = HOURS`,
});

/** Takes a second or two to compile. */
const ROPEWALK = versions("Ropewalk", ["1.0.0", "1.1.0"], {
  deps: using("Tally"),
  compat: { Tally: "1.0" },
  body: `
import Tally

function twist(seed::UInt32, turns::Int)
    state = seed
    for _ in 1:turns
        state = xor(state << 5, state >> 2, state * 0x9e3779b1)
    end
    return state
end

# Work done while compiling, so that a test can tell whether it was done again.
const STRANDS = [twist(UInt32(n), 20_000_000) for n in 1:24]

length_of_rope() = length(STRANDS)`,
});

/** Version 1.0.0 compiles, 1.1.0 does not. */
const THORNBUSH = [
  ...versions("Thornbush", ["1.0.0"], { body: "thorns() = 3" }),
  ...versions("Thornbush", ["1.1.0"], {
    body: 'error("Thornbush cannot be compiled: it is all thorns")\nthorns() = 3',
  }),
];

/** Its deps/build.jl fails. */
const QUICKSAND = versions("Quicksand", ["1.0.0"], {
  files: { "deps/build.jl": 'error("Quicksand cannot be built: the ground gives way")\n' },
  body: "depth() = 4",
});

export const STANDARD_PACKAGES: readonly PackageFixture[] = [
  ...[
    COLOURS,
    GREETINGS,
    TALLY,
    ALMANAC,
    INKWELL,
    LETTERPRESS,
    PANTRY,
    SUNDIAL,
    ROPEWALK,
    THORNBUSH,
    QUICKSAND,
  ],
].flat();

export function standardCatalogue(): Catalogue {
  return catalogueOf(STANDARD_PACKAGES);
}
