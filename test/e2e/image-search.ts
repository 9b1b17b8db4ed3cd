import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { runChecked } from "../engine/command.ts";
import type { Scenario } from "./scenario.ts";

/** Whether a text is anywhere in the scenario's image: in a file of any layer, in the configuration, in the history. */
export async function imageContains(scenario: Scenario, text: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-image-"));
  try {
    const archive = join(folder, "image.tar");
    await scenario.engine.docker(["save", "--output", archive, scenario.image]);
    await runChecked("tar", ["-xf", archive, "-C", folder]);
    await rm(archive);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
      if (unpacked(await readFile(join(parentPath, name))).includes(text)) return true;
    }
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Layers are compressed in some stores. */
function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
