import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine } from "./engine-client.ts";
import type { Registry } from "./registry.ts";
import { statePath } from "./state.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds the frontend image from this checkout, as its Dockerfile says, and pushes it to the registry. The user's npm
 * configuration and certificate authorities go along as secrets, for people behind a registry of their own.
 *
 * @returns the image's name, as it stands behind `# syntax=`
 */
export async function buildFrontendImage(engine: Engine, registry: Registry, tag: string): Promise<string> {
  const name = `${registry.address}/julia:${tag}`;
  const secrets = Object.entries(npmFiles())
    .filter(([, file]) => file !== undefined && existsSync(file))
    .flatMap(([id, file]) => ["--secret", `id=${id},src=${file}`]);
  const logFile = statePath("frontend-image.log");
  await engine.docker(
    [
      ...["buildx", "build", "--progress=plain", "--network=host", "--provenance=false"],
      ...["-f", "Dockerfile.frontend", ...secrets, "-t", name, "."],
    ],
    { cwd: repository, logFile },
  );
  await engine.docker(["push", "--quiet", name], { logFile });
  return name;
}

function npmFiles(): Readonly<Record<string, string | undefined>> {
  return { npmrc: join(homedir(), ".npmrc"), ca: process.env.NODE_EXTRA_CA_CERTS };
}
