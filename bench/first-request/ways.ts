import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import { frontendSpec, type Surroundings } from "../frontend-spec.ts";
import { withoutPackageWorkloads } from "./package-workloads.ts";

export interface Way {
  readonly name: string;
  /** The file that `docker buildx build -f` names, its text, and further arguments. */
  readonly file: string;
  readonly text: string;
  readonly args: readonly string[];
  /** The project's files that this way has differently, or more. */
  readonly changed?: Files;
  /** What the name of the step has that installs and compiles the dependencies. */
  readonly dependencyStep: string;
  /** What the name of the step has that does what makes the first answer fast. */
  readonly step: string;
  /** What the image has for it: files and folders. */
  readonly paths: readonly string[];
}

/** One kind of processor: what several cost is another benchmark's. */
const cpuTarget = "generic";

const depot = "/opt/julia/depot";

/**
 * The ways to make an image of the same project: without the sysimage where there is no PackageCompiler, and without the one that
 * changes what packages compile where no package does that.
 */
export function waysFor(surroundings: Surroundings, project: Files, isReal: boolean): readonly Way[] {
  const spec = `${frontendSpec(surroundings).replace("[env]", 'main = "main.jl"\n[env]')}[precompile]\ncpu-target = "${cpuTarget}"\n`;
  const withWorkload = `${spec}workload = "test/warm.jl"\n`;
  const steps = { dependencyStep: "[depot] install", step: "[app] compile" };
  const ours = { file: "julia.toml", args: [], ...steps, paths: [depot] };
  const alone = { ...ours, name: "workload alone", text: withWorkload };
  return [
    { ...ours, name: "plain", text: spec },
    { ...ours, name: "workload", text: withWorkload },
    ...(isReal ? [{ ...alone, changed: withoutPackageWorkloads(project) }, sysimage(surroundings)] : []),
  ];
}

function sysimage({ julia, server, id }: Surroundings): Way {
  const values = { JULIA: julia.image, PKG_SERVER: server, CPU_TARGET: cpuTarget, BENCH_ID: id };
  return {
    name: "sysimage",
    file: "Dockerfile",
    text: readFileSync(join(import.meta.dirname, "sysimage.Dockerfile"), "utf8"),
    args: Object.entries(values).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    dependencyStep: "Pkg.instantiate()",
    step: "create_sysimage",
    paths: ["/opt/sysimage.so"],
  };
}
