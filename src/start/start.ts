import { readFileSync } from "node:fs";
import { cacheFile, compileBundle, runBundle } from "./bundle.ts";

/** What the frontend image starts: the bundle, without compiling again what the image has compiled already. */
runBundle(compileBundle(readIfThere(cacheFile)));

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
