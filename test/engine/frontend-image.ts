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
  await runDockerfile(engine, ["-t", name]);
  await engine.docker(["push", "--quiet", name], { logFile: logFile() });
  return name;
}

/** Builds from this checkout as Dockerfile.frontend says, with these options; the last of two that say the same counts. */
export async function runDockerfile(engine: Engine, options: readonly string[]): Promise<void> {
  const secrets = Object.entries(npmFiles())
    .filter(([, file]) => file !== undefined && existsSync(file))
    .flatMap(([id, file]) => ["--secret", `id=${id},src=${file}`]);
  await engine.docker(
    [
      ...["buildx", "build", "--progress=plain", "--network=host", "--provenance=false"],
      ...["-f", "Dockerfile.frontend", ...secrets, ...options, "."],
    ],
    { cwd: repository, logFile: logFile() },
  );
}

function logFile(): string {
  return statePath("frontend-image.log");
}

function npmFiles(): Readonly<Record<string, string | undefined>> {
  return { npmrc: join(homedir(), ".npmrc"), ca: process.env.NODE_EXTRA_CA_CERTS };
}
