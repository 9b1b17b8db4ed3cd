import { createHash } from "node:crypto";
import { definePackage, type PackageFixture } from "./package-fixture.ts";

export interface GeneratedOptions {
  readonly count: number;
  /** Functions per package: what compiling one costs. */
  readonly functions?: number;
  /** The start of each package's name; distinct prefixes give distinct packages. */
  readonly prefix?: string;
  readonly version?: string;
}

/**
 * Packages `<prefix>001` … with a dependency graph: each depends on up to three of those before it,
 * chosen by a hash, so that the same options always give the same packages.
 */
export function generatedPackages(options: GeneratedOptions): readonly PackageFixture[] {
  const { count, functions = 20, prefix = "Mill", version = "1.0.0" } = options;
  const name = (index: number): string => `${prefix}${String(index + 1).padStart(3, "0")}`;
  return Array.from({ length: count }, (_, index) => {
    const deps = dependencies(prefix, index).map(name);
    return definePackage({
      ...{ name: name(index), uuid: uuidFor(name(index)), version },
      deps: Object.fromEntries(deps.map((dep) => [dep, uuidFor(dep)])),
      compat: Object.fromEntries(deps.map((dep) => [dep, "1"])),
      body: source(name(index), deps, functions),
    });
  });
}

function dependencies(prefix: string, index: number): readonly number[] {
  if (index === 0) return [];
  const digest = createHash("sha256").update(`${prefix}/${index}`).digest();
  const candidates = [0, 4, 8].map((offset) => digest.readUInt32BE(offset) % index);
  return [...new Set(candidates)].sort((a, b) => a - b);
}

/** A UUID of version 5's form, made of a name. */
export function uuidFor(name: string): string {
  const hex = createHash("sha1").update(`julia-buildkit-frontend/${name}`).digest("hex");
  const variant = "89ab"[Number.parseInt(hex[16] as string, 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

function source(name: string, deps: readonly string[], functions: number): string {
  const lines = deps.map((dep) => `import ${dep}`);
  for (let number = 1; number <= functions; number++) {
    lines.push(
      `function step${number}(x::Float64, table::Dict{String,Vector{Float64}})`,
      `    values = get!(() -> [x * k for k in 1:${number + 3}], table, "${name}.${number}")`,
      `    return sum(v -> sin(v)^2 + ${number}, values)`,
      "end",
      `precompile(step${number}, (Float64, Dict{String,Vector{Float64}}))`,
    );
  }
  const calls = [
    ...Array.from({ length: functions }, (_, index) => `step${index + 1}(x, table)`),
    ...deps.map((dep) => `${dep}.run(x)`),
  ];
  return [
    ...lines,
    "",
    "function run(x::Float64)",
    "    table = Dict{String,Vector{Float64}}()",
    `    return ${calls.join(" + ")}`,
    "end",
  ].join("\n");
}
