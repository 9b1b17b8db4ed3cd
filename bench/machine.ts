import { cpus, release, totalmem } from "node:os";
import type { Engine } from "../test/engine/engine-client.ts";

/** What the numbers were measured on, in one line. */
export async function describeMachine(engine: Engine): Promise<string> {
  const { stdout } = await engine.docker(["version", "--format", "{{.Server.Version}}"]);
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}`,
    `${Math.round(totalmem() / 1e9)} GB`,
    `Linux ${release().split("-")[0]}`,
    `Docker ${stdout.trim()} with the ${engine.store} store`,
  ].join(", ");
}
