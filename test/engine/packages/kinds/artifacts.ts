// Packages with artifacts.
import { defineArtifact } from "../artifact-fixture.ts";
import { stdlib, using, versions } from "../define.ts";
import { UUIDS } from "../names.ts";
import { sharedLibrary } from "../shared-library.ts";

/** Pkg's name of this machine's architecture. */
const PKG_ARCHITECTURE = process.arch === "arm64" ? "aarch64" : "x86_64";

const PLATFORMS = [
  { os: "linux", arch: "x86_64", libc: "glibc" },
  { os: "linux", arch: "i686", libc: "glibc" },
  { os: "linux", arch: "aarch64", libc: "glibc" },
];

export const INKWELL = ["1.0.0+0", "1.1.0+0"].flatMap((version) =>
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

const LIBRARY = { name: "libmetronome.so", symbol: "beats", value: 1234 };

/** A JLL as BinaryBuilder makes them, with a library that the linker of the system opens. */
const METRONOME_JLL = versions("Metronome_jll", ["1.0.0+0"], {
  deps: stdlib("Artifacts", "Libdl"),
  compat: { julia: "1.6" },
  artifacts: (["x86_64", "aarch64"] as const).map((architecture) =>
    defineArtifact({
      name: "Metronome",
      platform: { os: "linux", arch: architecture, libc: "glibc" },
      files: {
        [`lib/${LIBRARY.name}`]: { executable: sharedLibrary({ ...LIBRARY, architecture }) },
      },
    }),
  ),
  body: `
using Artifacts, Libdl

const libmetronome = "${LIBRARY.name}"

__init__() = dlopen(joinpath(artifact"Metronome", "lib", libmetronome))`,
});

/** Calls the library of the JLL. */
const METRONOME = versions("Metronome", ["1.0.0"], {
  deps: using("Metronome_jll"),
  compat: { Metronome_jll: "1.0", julia: "1.6" },
  body: `
using Metronome_jll: libmetronome

beats() = Int(ccall((:${LIBRARY.symbol}, libmetronome), Cint, ()))`,
});

/**
 * Which of its artifacts is wanted is found out by a script of its own, as packages do that must fit the machine's MPI or
 * CUDA: here by a preference of the project.
 */
const COMPASS = versions("Compass", ["1.0.0"], {
  deps: stdlib("Artifacts", "TOML"),
  compat: { julia: "1.7" },
  artifacts: ["north", "south"].map((direction) =>
    defineArtifact({
      name: "Needle",
      platform: { os: "linux", arch: PKG_ARCHITECTURE, libc: "glibc", direction },
      files: { "needle.txt": `It points ${direction}\n` },
    }),
  ),
  files: {
    ".pkg/select_artifacts.jl": `push!(empty!(LOAD_PATH), @__DIR__)
push!(LOAD_PATH, "@", "@stdlib")
using Artifacts, TOML, Base.BinaryPlatforms
include("platform_augmentation.jl")
platform = augment_platform!(parse(Platform, get(ARGS, 1, Base.BinaryPlatforms.host_triplet())))
artifacts = select_downloadable_artifacts(joinpath(dirname(@__DIR__), "Artifacts.toml"); platform = platform)
TOML.print(stdout, artifacts)
`,
    ".pkg/platform_augmentation.jl": `using Base.BinaryPlatforms
function augment_platform!(platform::Platform)
    preferences = Base.get_preferences(Base.UUID("${UUIDS.Compass}"))
    platform["direction"] = get(preferences, "direction", "north")
    return platform
end
`,
  },
  body: `
using Artifacts, Base.BinaryPlatforms
include(joinpath(dirname(@__DIR__), ".pkg", "platform_augmentation.jl"))
Base.record_compiletime_preference(Base.UUID("${UUIDS.Compass}"), "direction")

const PLATFORM = augment_platform!(HostPlatform())

points() = strip(read(joinpath(@artifact_str("Needle", PLATFORM), "needle.txt"), String))`,
});

/** Fetches a lazy artifact when it is compiled, which one is a preference; the other only when it is called. */
const ATTIC = versions("Attic", ["1.0.0"], {
  deps: stdlib("LazyArtifacts"),
  compat: { julia: "1.6" },
  artifacts: ["chest", "trunk"].map((name) =>
    defineArtifact({ name, lazy: true, files: { "label.txt": `An old ${name}\n` } }),
  ),
  body: `
using LazyArtifacts

label(folder) = strip(read(joinpath(folder, "label.txt"), String))

const UUID = Base.UUID("${UUIDS.Attic}")

Base.record_compiletime_preference(UUID, "opened")

const OPENED = label(get(Base.get_preferences(UUID), "opened", "chest") == "chest" ? artifact"chest" : artifact"trunk")

opened() = OPENED
trunk() = label(artifact"trunk")`,
});

export const MODERN_ARTIFACTS = [...METRONOME_JLL, ...METRONOME, ...COMPASS, ...ATTIC];
