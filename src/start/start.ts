import { readFileSync } from "node:fs";
import { sendOpening } from "../buildkit/gateway/opening.ts";
import { cacheFile, compileBundle, openingFile, runBundle } from "./bundle.ts";

/**
 * What the frontend image starts: the bundle, without compiling again what the image has compiled already. Where BuildKit started
 * it, the connection is opened first.
 */
const opening = readIfThere(openingFile);
if (opening !== undefined && isStartedByBuildkit()) sendOpening(opening);
runBundle(compileBundle(readIfThere(cacheFile)));

function isStartedByBuildkit(): boolean {
  return process.env.BUILDKIT_SESSION_ID !== undefined && process.argv.length === 2;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
