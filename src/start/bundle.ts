import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/** Beside the program that is started. */
const bundleFile = join(__dirname, "frontend.cjs");

/** What V8 made of the bundle's functions in an earlier process; see build/record-start.ts. */
export const cacheFile = join(__dirname, "frontend.cache");

/** The first bytes that the bundle sends to BuildKit; see src/buildkit/gateway/opening.ts. */
export const openingFile = join(__dirname, "frontend.opening");

/** A function of what Node gives a CommonJS module, see build/bundle.mjs. V8 ignores a cache that is not its own version's. */
export function compileBundle(cachedData?: Buffer): Script {
  // esbuild writes ASCII only, and a string of one byte for each character is made fastest.
  const source = readFileSync(bundleFile, "latin1");
  return new Script(source, { filename: bundleFile, ...(cachedData === undefined ? {} : { cachedData }) });
}

export function runBundle(script: Script): void {
  const module = { exports: {} };
  script.runInThisContext()(createRequire(bundleFile), module, module.exports);
}
