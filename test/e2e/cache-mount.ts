import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { JuliaImage } from "../engine/julia/julia-image.ts";
import type { Scenario } from "./scenario.ts";

const programsFolder = fileURLToPath(new URL("../../src/julia", import.meta.url));

/** Where a script in the cache finds our Julia programs. */
export const mountedPrograms = "/programs";

/**
 * Runs a shell script in the scenario's cache, as any other build on the same builder could. Returns the log. A comment
 * that differs makes it run: `--no-cache` would detach the mount from its content.
 */
export async function runInCache(scenario: Scenario, { image }: JuliaImage, script: string): Promise<string> {
  const depot = "/opt/julia/depot";
  const mount = `type=cache,id=${scenario.cacheId},target=${depot},sharing=locked`;
  const dockerfile = `FROM ${image}
RUN --mount=${mount} --mount=type=bind,target=${mountedPrograms} cd ${depot} && ${script} # ${randomUUID()}
`;
  const build = ["buildx", "build", "--progress=plain", "--network=none", "--output=type=cacheonly"];
  const args = [...build, "--file=-", programsFolder];
  const { stderr, stdout } = await scenario.engine.docker(args, { input: dockerfile });
  return stdout + stderr;
}
