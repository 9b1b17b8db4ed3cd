import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stateSubfolder } from "../state.ts";

/**
 * What `make` returns, or what it returned in an earlier run for the same inputs. A manifest is a function of the Julia, the
 * registry and the project; asking Pkg again for the hundreds that the tests use would cost minutes.
 */
export async function remembered<T>(inputs: unknown, make: () => Promise<T>): Promise<T> {
  const key = createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
  const file = join(await stateSubfolder("manifests"), `${key}.json`);
  const earlier = await readFile(file, "utf8").catch(() => undefined);
  if (earlier !== undefined) return JSON.parse(earlier) as T;
  const made = await make();
  // Whoever reads the file sees all of it or none.
  const incomplete = `${file}.${randomUUID()}`;
  await writeFile(incomplete, JSON.stringify(made));
  await rename(incomplete, file);
  return made;
}
