import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runChecked } from "../engine/command.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { type OciImage, readOciImage } from "./oci-layout.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const epoch = 1_600_000_000;
const request = { deps: ["Letterpress"] };

/** Modification times in a tar archive, in seconds (tar(5): 12 octal digits at 136 of each header). */
function tarTimes(tar: Buffer): readonly number[] {
  const times: number[] = [];
  for (let offset = 0; offset + 512 <= tar.length && tar[offset] !== 0; ) {
    const octal = (at: number, length: number) =>
      Number.parseInt(tar.toString("latin1", offset + at, offset + at + length), 8) || 0;
    times.push(octal(136, 12));
    offset += 512 * (1 + Math.ceil(octal(124, 12) / 512));
  }
  return times;
}

describeOnEngines("SOURCE_DATE_EPOCH", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
      ".dockerignore": "first\nsecond\n",
    });
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
  });
  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  async function buildLayout(name: string, ...args: readonly string[]): Promise<OciImage> {
    const output = `type=oci,dest=${name},tar=false,rewrite-timestamp=true`;
    const options = ["--provenance=false", "--output", output, `--build-arg=SOURCE_DATE_EPOCH=${epoch}`];
    const { code, log } = await scenario.buildWith(["-f", "julia.toml", ...options, ...args, "."]);
    expect(code, log).toBe(0);
    return readOciImage(join(scenario.folder, name));
  }

  // The classic image store exports no OCI layouts, and buildx says so.
  it.skipIf(engine.store === "overlay2")(
    "is the time of the image, its history and its layers, and two builds give one digest (the classic store exports no OCI layout)",
    async () => {
      const first = await buildLayout("first");
      const second = await buildLayout("second", "--no-cache");
      expect(second.manifest.layers).toEqual(first.manifest.layers);
      expect(second.config).toEqual(first.config);
      expect(second.digest).toBe(first.digest);
      const { created, history } = first.config;
      expect(Date.parse(created)).toBe(epoch * 1000);
      // The base image's own entries keep their times.
      for (const entry of history.filter(({ created_by }) => /^\[(depot|app)\] /.test(created_by))) {
        expect(Date.parse(entry.created), entry.created_by).toBeLessThanOrEqual(epoch * 1000);
      }
      // The first layer is the base image's; its times are its own.
      const own = first.manifest.layers.slice(1);
      expect(own.length).toBeGreaterThan(2);
      const layers = await Promise.all(own.map((layer) => readFile(first.blob(layer))));
      const times = layers.flatMap((layer) => tarTimes(gunzipSync(layer)));
      expect(times.length).toBeGreaterThan(10);
      expect(Math.max(...times)).toBeLessThanOrEqual(epoch);
      await runChecked("rm", ["-rf", join(scenario.folder, "first"), join(scenario.folder, "second")]);
    },
  );
});
