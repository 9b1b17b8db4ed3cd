import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { Engine } from "../engine/engine-client.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import type { Files } from "../engine/resolver/project-request.ts";
import { readSteps } from "./build-log.ts";
import { describeOnFreshEngines } from "./fresh-engines.ts";
import type { Julia } from "./julia.ts";
import { Scenario, specText } from "./scenario.ts";

const uuid = "7b2e6d14-9c3f-4a58-8e07-5d1f0a9b3c62";

async function project(julia: Julia, ...deps: readonly string[]): Promise<Files> {
  return {
    ...(await julia.project({ deps, name: "Gazette", uuid })),
    "src/Gazette.jl": `module Gazette\n${deps.map((name) => `import ${name}\n`).join("")}end\n`,
  };
}

describeOnFreshEngines("a seed", ["containerd", "overlay2"], ({ engine, fresh, julia, store }) => {
  let server: PkgServer;
  let scenario: Scenario;
  let seed: string;
  let before: Files;
  let after: Files;

  beforeAll(async () => {
    before = await project(julia, "Letterpress", "Sundial", "Pantry", "Cellar", "Ropewalk");
    after = await project(julia, "Letterpress", "Sundial", "Pantry", "Cellar", "Ropewalk", "Almanac");
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, before);
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    seed = `${inject("endToEnd").registry}/${scenario.image}`;
    await push(engine, "julia.toml", `${seed}:latest`);
    await scenario.write({
      ...after,
      "damage.Dockerfile": `FROM ${seed}:latest
USER 0
RUN cd /opt/julia/depot && file=$(find packages/Tally -name Tally.jl) && time=$(stat -c %y $file) \\
 && sed -i 's/module/modulE/' $file && touch -d "$time" $file && truncate -s 100 $(find compiled -path '*Pantry*.ji')
`,
    });
    await push(engine, "damage.Dockerfile", `${seed}:damaged`);
  });

  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  async function push(on: Engine, file: string, tag: string): Promise<void> {
    const args = ["--push", "--provenance=false", "--network=host", "-f", file, "-t", tag, "."];
    await on.docker(["buildx", "build", ...args], { cwd: scenario.folder });
  }

  /** Builds on the engine without state. Returns the name of the dependency step and what it printed. */
  async function buildFresh(...args: readonly string[]) {
    server.clear();
    const { code, stdout, stderr } = await fresh().docker(
      [
        ...["buildx", "build", "--progress=plain", "--network=host", "--load", "-f", "julia.toml"],
        ...["-t", scenario.image, ...args, "."],
      ],
      { cwd: scenario.folder, check: false },
    );
    const log = `${stdout}${stderr}`;
    expect(code, log).toBe(0);
    const step = readSteps(log).find(({ name }) => name.startsWith("[depot] install"));
    return { name: step?.name, output: step?.output ?? [], log };
  }

  async function depotFiles(on: Engine): Promise<readonly string[]> {
    const find = `cd /opt/julia/depot && find artifacts packages scratchspaces -type f -exec sha256sum {} + | sort`;
    const command = ["run", "--rm", "--network=none", "--entrypoint=sh", scenario.image, "-c", find];
    return (await on.docker(command)).stdout.split("\n");
  }

  it("leaves an engine without state to make only what it lacks, and the image is the same", async () => {
    const { name, output, log } = await buildFresh(
      `--build-context=depot-seed=docker-image://${seed}:latest`,
    );
    expect(name).toBe(`[depot] install and precompile 10 packages, starting from ${seed}:latest`);
    // In an image, a package with a build script is what the script made of it.
    expect(output, log).toContain("10 packages in the manifest, 2 to download");
    // And one that left something when it was compiled is compiled again: an image does not say what it was.
    expect(output, log).toContain("Compiling 2 packages");
    const packages = server.requests().filter(({ path }) => path.startsWith("/package/"));
    expect(new Set(packages.map(({ path }) => path.split("/")[2]))).toEqual(
      new Set([UUIDS.Almanac, UUIDS.Sundial]),
    );
    expect(server.requests().filter(({ path }) => path.startsWith("/artifact/"))).toEqual([]);
    const withSeed = await depotFiles(fresh());
    await scenario.built();
    expect(withSeed).toEqual(await depotFiles(engine));
    const code = "using Gazette; print(nameof(Gazette.Almanac))";
    const run = ["run", "--rm", "--network=none", "--entrypoint=julia", scenario.image, "-e", code];
    expect((await fresh().docker(run)).stdout).toBe("Almanac");
  });

  it("made from the same dependencies gives its layers, and nothing is installed, compiled or pushed", async () => {
    await scenario.write({
      ...before,
      "src/Gazette.jl": `${before["src/Gazette.jl"]}# changed\n`,
    });
    const { name, output, log } = await buildFresh(
      `--build-context=depot-seed=docker-image://${seed}:latest`,
    );
    await scenario.write(after);
    if (store === "overlay2") {
      // Its engine cannot take single layers of an image: it finds everything in the seed instead.
      expect(output, log).toContain("Everything is compiled already");
      return;
    }
    expect(name, log).toBe(undefined);
    expect(log).toContain(`[seed] base image and depot of ${seed}:latest`);
    expect(server.requests()).toEqual([]);
    const layers = async (tag: string) => {
      const inspect = ["buildx", "imagetools", "inspect", "--format", "{{json .Image}}", tag];
      return JSON.parse((await fresh().docker(inspect)).stdout).rootfs.diff_ids as readonly string[];
    };
    await fresh().docker(["tag", scenario.image, `${seed}:next`]);
    await fresh().docker(["push", `${seed}:next`]);
    const [old, next] = [await layers(`${seed}:latest`), await layers(`${seed}:next`)];
    expect(next.slice(0, -2)).toEqual(old.slice(0, -2));
    expect(next.slice(-2, -1)).not.toEqual(old.slice(-2, -1));
  });

  it("that was damaged is used as far as it is right", async () => {
    const { output, log } = await buildFresh(`--build-context=depot-seed=docker-image://${seed}:damaged`);
    expect(output, log).toContain("10 packages in the manifest, 3 to download");
    expect(log).toMatch(
      /The cache held another packages\/Tally\/\w+ than its name promises: it is installed again/,
    );
    expect(log).toMatch(/The cache held a damaged compiled\/.*Pantry.*: it is compiled again/);
    await scenario.built();
    expect(await depotFiles(fresh())).toEqual(await depotFiles(engine));
  });

  it("that is not there is a note, and everything is made", async () => {
    const text = specText({ julia, server, cacheId: scenario.cacheId });
    await scenario.write({ "julia.toml": text.replace("[depot]\n", `[depot]\nseed = "${seed}:missing"\n`) });
    const { name, output, log } = await buildFresh();
    expect(name).toContain(`without the seed ${seed}:missing: `);
    expect(name).toContain("not found");
    expect(output, log).toContain("10 packages in the manifest, 10 to download");
  });
});
