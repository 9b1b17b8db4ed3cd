import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { runChecked } from "../engine/command.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { type BuildResult, Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const buildkitImage = process.env.BUILDKIT_IMAGE ?? "";
const needed = "(needs BUILDKIT_IMAGE, the name of an image of BuildKit that the engine has)";
const frontend = "julia-frontend-in-a-folder";
const uuid = "2f7c9e14-8a3b-4d60-b1c5-6e0d4a8f2b97";

describeOnEngines("a builder of the driver docker-container", (engine, _can, julia) => {
  describe.skipIf(buildkitImage === "")(needed, () => {
    let server: PkgServer;
    let scenario: Scenario;

    beforeAll(async () => {
      server = await startPkgServer(standardCatalogue());
      scenario = await Scenario.create(engine, await project("Greetings"));
      const options = ["--driver-opt", `image=${buildkitImage},network=host`];
      const create = ["create", "--name", scenario.image, "--driver", "docker-container", ...options];
      await engine.docker(["buildx", ...create, "--bootstrap"]);
      await engine.docker(["pull", "--quiet", inject("endToEnd").frontend]);
      await engine.docker(["tag", inject("endToEnd").frontend, frontend]);
      await saveLayout(frontend, "frontend-layout");
      await saveLayout(julia.image, "julia-layout");
    });
    afterAll(async () => {
      await engine.docker(["buildx", "rm", "--force", scenario.image], { check: false });
      await engine.docker(["image", "rm", "--force", frontend], { check: false });
      await scenario.remove();
      await server.stop();
    });

    async function project(...deps: readonly string[]) {
      return {
        ...(await julia.project({ deps, name: "Parcel", uuid })),
        "src/Parcel.jl": "module Parcel\nimport Greetings\nend\n",
        "test/runtests.jl": 'import Parcel; println("tested")',
        ".dockerignore": "*-layout\n",
      };
    }

    const writeSpec = (syntax: string) => {
      const spec = specText({ julia, server, cacheId: scenario.cacheId });
      return scenario.write({ "julia.toml": spec.replace(/^# syntax=.*$/m, `# syntax=${syntax}`) });
    };

    /** Puts an image of the engine's store into a folder of the scenario, as the README says. */
    async function saveLayout(image: string, folder: string): Promise<void> {
      const archive = join(scenario.folder, `${folder}.tar`);
      await mkdir(join(scenario.folder, folder));
      await engine.docker(["save", "--output", archive, image]);
      await runChecked("tar", ["-xf", archive, "-C", join(scenario.folder, folder)]);
      await runChecked("rm", [archive]);
    }

    const layout = (name: string, folder: string, tag: string) =>
      `--build-context=${name}=oci-layout://${join(scenario.folder, folder)}:${tag}`;
    const tagOf = (image: string) => image.slice(image.lastIndexOf(":") + 1);

    /** The base image is handed in too: not every engine that runs the tests can pull one. */
    function build(...args: readonly string[]): Promise<BuildResult> {
      const base = layout("base", "julia-layout", tagOf(julia.image));
      const common = ["--builder", scenario.image, "-f", "julia.toml", base];
      return scenario.buildWith([...common, ...args, "."]);
    }

    async function built(...args: readonly string[]): Promise<BuildResult> {
      const result = await build(...args);
      expect(result.code, result.log).toBe(0);
      return result;
    }

    it("does not look for the frontend in Docker's own store", async () => {
      await writeSpec(frontend);
      const { code, log } = await build();
      expect(code).not.toBe(0);
      expect(log).toMatch(new RegExp(`failed to resolve source metadata for docker.io/library/${frontend}`));
    });

    it("takes the frontend from a folder, and the image comes into Docker's store with --load", async () => {
      const args = [layout(frontend, "frontend-layout", "latest"), "--load", "-t", scenario.image];
      await built(...args);
      const run = await scenario.julia("using Parcel; print(nameof(Parcel.Greetings))");
      expect(run.stdout, run.stderr).toBe("Greetings");
      expect((await built(...args)).ran).toEqual([]);
    });

    it("keeps the depot cache between its builds", async () => {
      await writeSpec(inject("endToEnd").frontend);
      await scenario.write(await project("Greetings", "Almanac"));
      const { log, steps } = await built("--target=test");
      expect(log).toContain("tested");
      const install = steps.find(({ name }) => name.startsWith("[depot] install"));
      // Almanac, and Tally that it depends on.
      expect(install?.output.join("\n"), log).toMatch(/\d packages in the manifest, 2 to download/);
    });

    it("starts from a seed when its cache is lost, and takes its layers", async () => {
      const seed = `${inject("endToEnd").registry}/${scenario.image}:latest`;
      await built("--push", "-t", seed);
      await engine.docker(["buildx", "prune", "--builder", scenario.image, "--all", "--force"]);
      const { log, steps } = await built(`--build-context=depot-seed=docker-image://${seed}`);
      expect(log).toContain(`[seed] base image and depot of ${seed}`);
      expect(steps.map(({ name }) => name)).not.toContainEqual(expect.stringContaining("[depot] install"));
    });
  });
});
