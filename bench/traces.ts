import { randomBytes } from "node:crypto";
import type { Engine } from "../test/engine/engine-client.ts";
import { removeCaches } from "../test/engine/timed-build.ts";

/**
 * Hands out a name for caches, and removes what the builds under it leave in the builder; layers too, also those that others
 * made on the same engine meanwhile, unless they are to be kept.
 */
export async function withTraces<T>(
  engine: Engine,
  { keepsLayers }: { readonly keepsLayers: boolean },
  use: (id: string) => Promise<T>,
): Promise<T> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const before = new Set(await recordsOf(engine));
  try {
    return await use(id);
  } finally {
    await removeCaches(engine, id);
    const after = (await recordsOf(engine)).filter((record) => !before.has(record));
    const filter = `id~=^(${after.join("|")})$`;
    if (after.length > 0 && !keepsLayers)
      await engine.docker(["buildx", "prune", "--force", "--all", "--filter", filter]);
  }
}

/** Names of what the builder keeps. */
async function recordsOf(engine: Engine): Promise<readonly string[]> {
  const { stdout } = await engine.docker(["buildx", "du", "--verbose"]);
  return [...stdout.matchAll(/^ID:\s+(\S+)$/gm)].map(([, record = ""]) => record);
}
