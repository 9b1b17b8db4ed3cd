import {
  absolutePath,
  cacheId,
  cpuTarget,
  debianPackage,
  environmentName,
  imageReference,
  juliaFlag,
  juliaVersion,
  labelName,
  moduleName,
  relativeFile,
  relativePath,
  text,
  user,
} from "./formats.ts";
import { duration } from "./image-formats.ts";
import { imageKeys } from "./image-keys.ts";
import type { Key } from "./key.ts";
import { runKeys } from "./run-keys.ts";
import { sourceKeys } from "./source-keys.ts";
import { testKeys } from "./test-keys.ts";

/**
 * The keys of the spec, in the order of the reference page. Validation reads this table, and so do the JSON Schema,
 * the reference page and the completion of editors. A key has a field in `Spec` (`spec.ts`,
 * `build-spec.ts`), which the plan heeds.
 */
export const keys: readonly Key[] = [
  {
    path: "julia",
    type: { kind: "string", format: juliaVersion },
    doc: "Version of Julia. The base is the official image of that tag. Required unless `base` is given.",
    example: 'julia = "1.12"',
    dockerfile: "FROM julia:1.12",
    since: 1,
  },
  {
    path: "base",
    type: { kind: "string", format: imageReference },
    doc: "Base image. It must contain `julia`. Default: `docker.io/library/julia` with the tag of `julia`.",
    example: 'base = "registry.example.com/julia:1.12-trixie"',
    dockerfile: "FROM registry.example.com/julia:1.12-trixie",
    since: 1,
  },
  {
    path: "project",
    type: { kind: "string", format: relativePath },
    default: ".",
    doc: "Folder in the build context that has `Project.toml`.",
    example: 'project = "app"',
    dockerfile: "COPY app /app",
    since: 1,
  },
  {
    path: "path",
    type: { kind: "string", format: absolutePath },
    default: "/app",
    doc: "Where the project is put in the image.",
    example: 'path = "/srv/app"',
    dockerfile: "WORKDIR /srv/app",
    since: 1,
  },
  {
    path: "main",
    type: { kind: "string", format: relativeFile },
    doc: "Script that the image runs, relative to the project. Without it the image starts `julia`.",
    example: 'main = "main.jl"',
    dockerfile: 'ENTRYPOINT ["julia", "/app/main.jl"]',
    since: 1,
  },
  {
    path: "module",
    type: { kind: "string", format: moduleName },
    doc: "Package that the image runs, instead of a script: the project or a dependency, with `@main` or, before Julia 1.12, a function `main(args)`.",
    example: 'module = "MyApp"',
    dockerfile: 'ENTRYPOINT ["julia", "-m", "MyApp"]',
    juliaSince: [1, 10],
    since: 1,
  },
  {
    path: "user",
    type: { kind: "string", format: user },
    default: "1000:1000",
    doc: "User of the image: `name` or `uid`, with `:group` or `:gid` if wanted.",
    example: 'user = "1000:1000"',
    dockerfile: "USER 1000:1000",
    since: 1,
  },
  {
    path: "args",
    type: { kind: "map", name: environmentName, value: text, substitute: false },
    doc: "Build arguments with their defaults. `--build-arg NAME=value` overrides one; `${NAME}` uses it in any other string.",
    example: '[args]\nJULIA = "1.12"',
    dockerfile: "ARG JULIA=1.12",
    since: 1,
  },
  {
    path: "env",
    type: { kind: "map", name: environmentName, value: text, substitute: true },
    doc: "Environment variables while building and in the image.",
    example: '[env]\nTZ = "UTC"',
    dockerfile: "ENV TZ=UTC",
    since: 1,
  },
  {
    path: "labels",
    type: { kind: "map", name: labelName, value: text, substitute: true },
    doc: "Labels of the image.",
    example: '[labels]\n"org.opencontainers.image.title" = "app"',
    dockerfile: 'LABEL org.opencontainers.image.title="app"',
    since: 1,
  },
  {
    path: "packages.apt",
    type: { kind: "list", item: debianPackage },
    default: [],
    doc: "Debian packages to install in the image.",
    example: '[packages]\napt = ["libgomp1"]',
    dockerfile: "RUN apt-get update && apt-get install --yes libgomp1",
    since: 1,
  },
  {
    path: "packages.build-apt",
    type: { kind: "list", item: debianPackage },
    default: [],
    doc: "Debian packages that are there only while building, and in the image of the target `dev`.",
    example: '[packages]\nbuild-apt = ["gcc", "libc6-dev"]',
    dockerfile: "RUN apt-get install --yes gcc libc6-dev, in a stage of its own",
    since: 1,
  },
  {
    path: "depot.path",
    type: { kind: "string", format: absolutePath },
    default: "/opt/julia/depot",
    doc: "Where the depot is in the image. Neither inside `path` nor around it.",
    example: '[depot]\npath = "/opt/depot"',
    dockerfile: "ENV JULIA_DEPOT_PATH=/opt/depot:",
    since: 1,
  },
  {
    path: "depot.cache-id",
    type: { kind: "string", format: cacheId },
    doc: "Name of the cache that builds share. Default: derived from all that makes two depots incompatible.",
    example: '[depot]\ncache-id = "team-a"',
    dockerfile: "RUN --mount=type=cache,id=team-a,sharing=locked,target=…",
    since: 1,
  },
  {
    path: "depot.max-unused-days",
    type: { kind: "integer", minimum: 0, maximum: 3650 },
    default: 60,
    doc: "What no build has used for so many days is removed from the cache. With 0, nothing is.",
    example: "[depot]\nmax-unused-days = 14",
    since: 1,
  },
  {
    path: "depot.keep-registries",
    type: { kind: "boolean" },
    default: false,
    doc: "Keep the registries of the build in the image, in the depot that its user can write to, to add packages in a running container. General is among them.",
    example: "[depot]\nkeep-registries = true",
    since: 1,
  },
  {
    path: "depot.seed",
    type: { kind: "string", format: imageReference },
    doc: "Image made by this frontend, of any target, from whose depot the cache starts. What of it is still right is used; one that cannot be used is named in the log. `--build-context depot-seed=docker-image://…` beats it.",
    example: '[depot]\nseed = "registry.example.com/app:latest"',
    dockerfile: "RUN --mount=type=cache,from=…,target=…",
    since: 1,
  },
  {
    path: "precompile.cpu-target",
    type: { kind: "string", format: cpuTarget },
    doc: "Value of `JULIA_CPU_TARGET`. Default: one that runs on every machine of the image's architecture; on amd64, and with Julia 1.12, functions that gain by it are there a second time for processors since 2013.",
    example: '[precompile]\ncpu-target = "generic;haswell,-rdrnd"',
    dockerfile: 'ENV JULIA_CPU_TARGET="generic;haswell,-rdrnd"',
    since: 1,
  },
  {
    path: "precompile.tasks",
    type: { kind: "integer", minimum: 1, maximum: 1024 },
    doc: "Packages to precompile at the same time. Default: what the memory allows.",
    example: "[precompile]\ntasks = 2",
    dockerfile: "ENV JULIA_NUM_PRECOMPILE_TASKS=2",
    since: 1,
  },
  {
    path: "precompile.strict",
    type: { kind: "boolean" },
    default: true,
    doc: "Whether a package that fails to precompile fails the build.",
    example: "[precompile]\nstrict = false",
    since: 1,
  },
  {
    path: "precompile.flags",
    type: { kind: "list", item: juliaFlag },
    default: [],
    doc: "Flags of `julia` that compiled files depend on. The image's entry point gets the same.",
    example: '[precompile]\nflags = ["--check-bounds=no"]',
    dockerfile: 'ENTRYPOINT ["julia", "--check-bounds=no", …]',
    since: 1,
  },
  {
    path: "precompile.workload",
    type: { kind: "string", format: relativeFile },
    doc: "Script of the project that does once, while building, what a container does first: start the server, call it, stop it. What is compiled for it is kept, so that the first request is as fast as the second. Needs PrecompileTools among the project's dependencies or theirs.",
    example: '[precompile]\nworkload = "test/warm.jl"',
    dockerfile: "a package of your own with a precompile workload, loaded before main.jl",
    juliaSince: [1, 10],
    since: 1,
  },
  {
    path: "precompile.workload-timeout",
    type: { kind: "string", format: duration },
    default: "5m",
    doc: "Time after which the workload is ended and the build fails.",
    example: '[precompile]\nworkload = "test/warm.jl"\nworkload-timeout = "10m"',
    juliaSince: [1, 10],
    since: 1,
  },
  ...sourceKeys,
  ...runKeys,
  ...imageKeys,
  ...testKeys,
];

const byPath = new Map(keys.map((key) => [key.path, key]));
const byName = new Map(keys.map((key) => [lastPart(key.path), key]));
const namesAtTop = [...new Set(keys.map((key) => key.path.split(".", 1)[0] ?? ""))];
const namesBySection = new Map(
  namesAtTop
    .map((section) => [section, keys.filter((key) => key.path.startsWith(`${section}.`))] as const)
    .filter(([, inside]) => inside.length > 0)
    .map(([section, inside]) => [section, inside.map((key) => lastPart(key.path))]),
);

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

export function findKey(path: string): Key | undefined {
  return byPath.get(path);
}

/** The key that had a path in an older version of the spec language. */
export function findRenamed(path: string, table: readonly Key[] = keys): Key | undefined {
  return table.find((key) => key.formerly?.includes(path));
}

/** Keys and sections that may stand at one place: at the top (no section), or in a section. */
export function namesIn(section?: string): readonly string[] {
  return section === undefined ? namesAtTop : (namesBySection.get(section) ?? []);
}

export function isSection(name: string): boolean {
  return namesBySection.has(name);
}

/** Keys of that name wherever they belong: what someone may have meant who wrote it elsewhere. */
export function findByName(name: string): Key | undefined {
  return byName.get(name);
}
