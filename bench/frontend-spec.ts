import { type JuliaImage, juliaLine } from "../test/engine/julia/julia-image.ts";

/** The file that `docker buildx build -f` names. */
export const specFile = "julia.toml";

export interface Surroundings {
  readonly julia: JuliaImage;
  /** URL of the Pkg server. */
  readonly server: string;
  /** Name of the frontend image. */
  readonly frontend: string;
  /** Distinct for builds that must share neither layers nor cache. */
  readonly id: string;
}

/** The spec of a benchmark: a cache of its own, and the Pkg server of the benchmark. Further tables can follow it. */
export function frontendSpec({ julia, server, frontend, id }: Surroundings): string {
  return `# syntax=${frontend}
${juliaLine(julia)}
[env]
BENCH_ID = "${id}"
[pkg]
server = "${server}"
[depot]
cache-id = "${id}"
`;
}
