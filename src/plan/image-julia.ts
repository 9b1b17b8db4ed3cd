import type { Spec } from "../buildfile/spec.ts";
import { type JuliaVersion, parseJuliaVersion } from "../julia/julia-version.ts";
import { environmentOf, type ImageConfig } from "./image-config.ts";

/** The Julia of an image, as precise as it is known: official images name theirs in full, the spec may name only its minor version. */
export function imageJulia(spec: Spec, base: ImageConfig | undefined): JuliaVersion | undefined {
  const named = base === undefined ? undefined : environmentOf(base).get("JULIA_VERSION");
  return (named === undefined ? undefined : parseJuliaVersion(named)) ?? spec.julia?.version;
}

/** Julia's version for people: the base image's own word if it has one, as the official images do. */
export function juliaName(spec: Spec, base: ImageConfig): string {
  return environmentOf(base).get("JULIA_VERSION") ?? spec.julia?.text ?? "unknown";
}
