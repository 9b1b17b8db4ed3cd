import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { runInCache } from "./cache-mount.ts";
import { imageContains } from "./image-search.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

// With an artifact and without a manifest at hand, Pkg's own downloads are among those that need the token.
const request = { deps: ["Letterpress"] };

/** Command lines of the machine's processes, which any user can read. */
async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
}

/** Looks at all command lines while `work` goes on. Returns those that contain the text, and the number of curls seen. */
async function watch(text: string, work: Promise<unknown>) {
  const found = new Set<string>();
  let downloads = 0;
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    for (const line of await commandLines()) {
      if (line.startsWith("curl\0")) downloads += 1;
      if (line.includes(text)) found.add(line.replaceAll("\0", " "));
    }
    await sleep(5);
  }
  await done;
  return { found: [...found], downloads };
}

describeOnEngines("a Pkg server that asks for a token", (engine, _can, julia) => {
  let token: string;
  let server: PkgServer;
  let scenario: Scenario;

  beforeEach(async () => {
    token = randomBytes(24).toString("hex");
    server = await startPkgServer(standardCatalogue(), { token, delay: 50 });
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
      ".dockerignore": "*.secret",
    });
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, pkg: 'auth = "pkg-token"' }),
    });
  });

  afterEach(async () => {
    await scenario.remove();
    await server.stop();
  });

  async function withToken(text: string): Promise<readonly string[]> {
    const file = join(scenario.folder, "auth.secret");
    await writeFile(file, `access_token = ${JSON.stringify(text)}\n`, { mode: 0o600 });
    return ["--secret", `id=pkg-token,src=${file}`];
  }

  async function expectNoTrace(log: string): Promise<void> {
    expect(log).not.toContain(token);
    const cache = await runInCache(
      scenario,
      julia,
      `echo the cache has $(ls -a | wc -l) names; grep -rlF ${token} . || true`,
    );
    expect(cache).toMatch(/the cache has \d{1,2} names/);
    // The command itself stands in the log: BuildKit names steps after it.
    expect(cache.split("\n").filter((line) => /^#\d+ \d+\.\d+ \.\//.test(line))).toEqual([]);
  }

  it("serves a build that has it, and the token leaves no trace", async () => {
    const work = scenario.built({ args: await withToken(token) });
    const { found, downloads } = await watch(token, work);
    const { log } = await work;
    expect(found).toEqual([]);
    // Older versions download with a program; its command line is what all this is about.
    if (!julia.isAtLeast(1, 6)) {
      expect(downloads, "downloads that were seen").toBeGreaterThan(0);
    }
    expect(server.requests().map(({ status }) => status)).not.toContain(401);
    await expectNoTrace(log);
    expect(await imageContains(scenario, token)).toBe(false);
    expect(await imageContains(scenario, "module Letterpress"), "the image can be searched").toBe(true);
    const { stdout } = await scenario.julia("using Letterpress; print(nameof(Letterpress))");
    expect(stdout).toBe("Letterpress");
  });

  it("also serves Pkg when it chooses versions", async () => {
    await rm(join(scenario.folder, "Manifest.toml"));
    const work = scenario.built({ args: await withToken(token) });
    const { found } = await watch(token, work);
    expect(found).toEqual([]);
    expect(server.requests().map(({ path }) => path)).toContain("/registries");
    await expectNoTrace((await work).log);
  });

  it("is refused a build without the secret, with the option that is missing", async () => {
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("the spec asks for the secret pkg-token (auth under [pkg])");
    expect(log).toContain("--secret id=pkg-token,src=FILE");
    expect(server.requests(), "nothing was asked for without the secret").toEqual([]);
  });

  it("is refused a build with a wrong token, without showing it", async () => {
    const wrong = randomBytes(24).toString("hex");
    const { code, log } = await scenario.build({ args: await withToken(wrong) });
    expect(code, log).not.toBe(0);
    expect(log).toContain(
      `the Pkg server ${server.url} does not accept the token in the secret pkg-token (auth under [pkg])`,
    );
    expect(log).not.toContain(wrong);
  });
});
