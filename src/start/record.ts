import { writeFileSync } from "node:fs";
import { cacheFile, compileBundle, runBundle } from "./bundle.ts";

/** Runs the bundle, and writes at its end what V8 has compiled: the functions that were called, not only the outermost. */
const script = compileBundle();
process.on("exit", () => writeFileSync(cacheFile, script.createCachedData()));
runBundle(script);
