import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { runChecked } from "../engine/command.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { readOciImage } from "./oci-layout.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const uuid = "b1d7e3f5-6c29-4a80-8e1b-2f5a9c7d4e06";
const request = { deps: ["Greetings"], name: "Parcel", uuid };
const package_ = "opt/julia/depot/packages/Greetings/";
const program = "app/main.jl";

describeOnEngines("an output", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
      "src/Parcel.jl": "module Parcel\nimport Greetings\nend\n",
      "main.jl": 'import Greetings\nprint(Greetings.greet("Ada"))\n',
      ".dockerignore": "out\n",
      "out/made-by": "the test\n",
    });
    const top = 'main = "main.jl"';
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, top }) });
  });
  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  const path = (name: string) => join(scenario.folder, "out", name);

  async function buildInto(...outputs: readonly string[]): Promise<void> {
    // One by one: before BuildKit 0.13 a build has one output.
    for (const output of outputs) {
      const { code, log } = await scenario.buildWith(["-f", "julia.toml", `--output=${output}`, "."]);
      expect(code, log).toBe(0);
    }
  }

  async function listed(archive: string): Promise<readonly string[]> {
    const { stdout } = await runChecked("tar", ["-tf", archive]);
    return stdout.split("\n").map((name) => name.replace(/^\.?\//, ""));
  }

  async function expectGreeting(image: string, ...options: readonly string[]): Promise<void> {
    const command = ["run", "--rm", "--quiet", "--network=none", ...options, image];
    const { stdout, stderr } = await engine.docker(command, { check: false });
    expect(stdout, stderr).toBe("Hello, Ada!");
  }

  it("of type image is pushed, and can be pulled and run", async () => {
    const name = `${inject("endToEnd").registry}/${scenario.image}`;
    await buildInto(`type=image,name=${name},push=true`);
    await engine.docker(["image", "rm", "--force", name], { check: false });
    await expectGreeting(name, "--pull=always");
    const { stdout } = await engine.docker(["image", "inspect", name, "--format", "{{json .Config}}"]);
    expect(JSON.parse(stdout)).toMatchObject({
      Entrypoint: expect.arrayContaining(["julia", "/app/main.jl"]),
      User: "1000:1000",
      WorkingDir: "/app",
      Env: expect.arrayContaining(["JULIA_PROJECT=/app"]),
    });
    await engine.docker(["image", "rm", "--force", name], { check: false });
  });

  it("of type local is the file system as a folder, of type tar as an archive", async () => {
    await buildInto("type=local,dest=out/folder", "type=tar,dest=out/files.tar");
    const names = new Set(await listed(path("files.tar")));
    for (const name of [package_, program, "usr/local/julia/bin/"]) {
      expect(existsSync(path(`folder/${name}`)), name).toBe(true);
      expect(names, name).toContain(name);
    }
    expect(names).not.toContain("app/julia.toml");
  });

  it.skipIf(engine.store === "overlay2")(
    "of type oci or docker can be loaded and run, and has its layers apart (the classic store exports neither)",
    async () => {
      const names = `name=${scenario.image}`;
      await buildInto(`type=oci,dest=out/oci.tar,${names}`, `type=docker,dest=out/docker.tar,${names}`);
      for (const archive of ["oci.tar", "docker.tar"]) {
        await engine.docker(["load", "--quiet", "--input", path(archive)]);
        await expectGreeting(scenario.image);
        await engine.docker(["image", "rm", "--force", scenario.image]);
      }
      await mkdir(path("oci"));
      await runChecked("tar", ["-xf", path("oci.tar"), "-C", path("oci")]);
      const { manifest, config, blob } = await readOciImage(path("oci"));
      expect(config.config).toMatchObject({ User: "1000:1000", WorkingDir: "/app" });
      // The first layer is the base image's.
      const layers = await Promise.all(manifest.layers.slice(1).map((layer) => listed(blob(layer))));
      const layersWith = (name: string) => layers.flatMap((files, at) => (files.includes(name) ? [at] : []));
      const [packages, sources] = [layersWith(package_), layersWith(program)];
      expect([packages.length, sources.length]).toEqual([1, 1]);
      expect(sources).not.toEqual(packages);
      expect(config.history.map((entry) => entry.created_by)).toContain("[depot] copy packages");
    },
  );
});
