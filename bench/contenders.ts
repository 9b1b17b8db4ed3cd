import { type JuliaImage, juliaLine } from "../test/engine/julia/julia-image.ts";
import { plainDockerfile, sharedCacheDockerfile } from "./dockerfiles.ts";

export interface Contender {
  readonly name: string;
  /** The file that `docker buildx build -f` names. */
  readonly file: string;
  readonly text: (surroundings: Surroundings) => string;
}

export interface Surroundings {
  readonly julia: JuliaImage;
  /** URL of the Pkg server. */
  readonly server: string;
  /** Name of the frontend image. */
  readonly frontend: string;
  /** Distinct for builds that must share neither layers nor cache. */
  readonly id: string;
}

/** The ways to build the same image, the one that the others are compared with first. */
export const contenders: readonly [Contender, ...Contender[]] = [
  {
    name: "this frontend",
    file: "julia.toml",
    text: ({ julia, server, frontend, id }) => `# syntax=${frontend}
${juliaLine(julia)}
[env]
BENCH_ID = "${id}"
[pkg]
server = "${server}"
[depot]
cache-id = "${id}"
`,
  },
  { name: "shared-cache Dockerfile", file: "Dockerfile", text: sharedCacheDockerfile },
  { name: "plain Dockerfile", file: "Dockerfile", text: plainDockerfile },
];
