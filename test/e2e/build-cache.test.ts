import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { Engine } from "../engine/engine-client.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { stepsRun } from "./build-log.ts";
import { describeOnFreshEngines } from "./fresh-engines.ts";
import { Scenario, specText } from "./scenario.ts";

const uuid = "4e9a1d72-3b5c-4f80-a6d1-9c2e7b8f0a53";
const request = { deps: ["Letterpress"], name: "Courier", uuid };
describeOnFreshEngines("an exported cache", ["containerd"], ({ engine, fresh, julia }) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
      ".dockerignore": "cache\n",
      "src/Courier.jl": "module Courier\nimport Letterpress\nend\n",
    });
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
  });
  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  const build = (engine: Engine, ...args: readonly string[]) =>
    engine.docker(
      ["buildx", "build", "--progress=plain", "--network=host", "-f", "julia.toml", ...args, "."],
      { cwd: scenario.folder },
    );

  it.each(["registry", "local", "inline"])(
    "of type %s lets a fresh engine build without running Julia",
    async (type) => {
      const name = `${inject("endToEnd").registry}/${scenario.image}-${type}`;
      const [to, from] = {
        registry: [[`type=registry,ref=${name}:cache,mode=max`], `type=registry,ref=${name}:cache`],
        local: [["type=local,dest=cache,mode=max"], "type=local,src=cache"],
        inline: [["type=inline"], `type=registry,ref=${name}`],
      }[type] as [readonly string[], string];
      await build(
        scenario.engine,
        "--push",
        "-t",
        name,
        "--provenance=false",
        ...to.map((each) => `--cache-to=${each}`),
      );
      server.clear();
      await fresh().docker(["buildx", "prune", "--all", "--force"]);
      const result = await build(fresh(), "--load", "-t", scenario.image, `--cache-from=${from}`);
      const log = `${result.stdout}${result.stderr}`;
      expect(
        stepsRun(log).filter((step) => !step.includes("copy")),
        log,
      ).toEqual([]);
      expect(server.requests()).toEqual([]);
      const code = "using Courier; print(nameof(Courier))";
      const command = ["run", "--rm", "--network=none", "--entrypoint=julia", scenario.image, "-e", code];
      expect((await fresh().docker(command)).stdout).toBe("Courier");
    },
  );
});
