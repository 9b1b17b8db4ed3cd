import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

/** In place of the frontend: a function that V8 compiles only when it is called, and an end as a build's. */
const bundle = `(function (require, module, exports) {
  function later() { console.log("ran", typeof require("node:fs").readFileSync); }
  later();
  process.exit(0);
})`;

const folder = mkdtempSync(join(tmpdir(), "start-"));
const [bundleFile, cacheFile] = [join(folder, "frontend.cjs"), join(folder, "frontend.cache")];
const openingFile = join(folder, "frontend.opening");
const run = (program: string, env: NodeJS.ProcessEnv = {}, ...args: readonly string[]): string =>
  execFileSync(process.execPath, [join(folder, program), ...args], { encoding: "utf8", env });

beforeAll(async () => {
  writeFileSync(bundleFile, bundle);
  await build({
    entryPoints: { start: "src/start/start.ts", record: "src/start/record.ts" },
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the frontend starts without a code cache", () => {
  expect(run("start.cjs")).toBe("ran function\n");
});

it("a recorded code cache is one that the same node accepts", () => {
  expect(run("record.cjs")).toBe("ran function\n");
  const script = new Script(bundle, { filename: bundleFile, cachedData: readFileSync(cacheFile) });
  expect(script.cachedDataRejected).toBe(false);
  expect(run("start.cjs")).toBe("ran function\n");
});

it("the frontend starts with a code cache that is no use to its node", () => {
  writeFileSync(cacheFile, "of another version");
  expect(run("start.cjs")).toBe("ran function\n");
});

it("a start by BuildKit sends the beginning of the connection before the bundle is loaded", () => {
  writeFileSync(openingFile, "opening\n");
  writeFileSync(bundleFile, bundle.replace("function later()", 'console.log("loaded"); function later()'));
  const byBuildkit = { BUILDKIT_SESSION_ID: "session" };
  expect(run("start.cjs", byBuildkit)).toBe("opening\nloaded\nran function\n");
  expect(run("start.cjs")).toBe("loaded\nran function\n");
  expect(run("start.cjs", byBuildkit, "--version")).toBe("loaded\nran function\n");
});
