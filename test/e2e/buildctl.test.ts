import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type CommandResult, run } from "../engine/command.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { type BuildkitSocket, openBuildkitSocket } from "./buildkit-socket.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const uuid = "5d8f0a2c-4e6b-4193-a7c5-e1b3d9f70642";
const request = { deps: ["Greetings"], name: "Telegram", uuid };

const buildctl = process.env.BUILDCTL || "buildctl";
const isThere = await run(buildctl, ["--version"]).then(
  ({ code }) => code === 0,
  () => false,
);
const needed = "(needs buildctl on the PATH, or named by BUILDCTL";

describeOnEngines("buildctl build", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  let buildkit: BuildkitSocket;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
      "src/Telegram.jl": "module Telegram\nimport Greetings\nend\n",
      "main.jl": 'import Greetings\nprint(Greetings.greet("Ada"))\n',
    });
    await scenario.write({ "julia.toml": spec() });
    buildkit = await openBuildkitSocket(engine, join(scenario.folder, "buildkit.sock"));
  });
  afterAll(async () => {
    await buildkit.stop();
    await scenario.remove();
    await server.stop();
  });

  const spec = () => specText({ julia, server, cacheId: scenario.cacheId, top: 'main = "main.jl"' });
  const depotFolder = (name: string) =>
    existsSync(join(scenario.folder, name, "opt/julia/depot/packages/Greetings"));

  function build(args: readonly string[], input?: Readable): Promise<CommandResult> {
    const common = [
      "--addr",
      `unix://${join(scenario.folder, "buildkit.sock")}`,
      "build",
      "--progress=plain",
    ];
    const options = ["--allow=network.host", "--local=context=.", ...args];
    return run(buildctl, [...common, ...options], { cwd: scenario.folder, ...(input && { input }) });
  }

  const files = ["--local=dockerfile=.", "--opt=filename=julia.toml", "--opt=force-network-mode=host"];

  it.skipIf(!isThere)(`runs the frontend by its image's name ${needed})`, async () => {
    const frontend = ["--frontend=gateway.v0", `--opt=source=${inject("endToEnd").frontend}`];
    const output = ["--opt=target=depot", "--output=type=local,dest=gateway"];
    const { code, stderr } = await build([...frontend, ...files, ...output]);
    expect(code, stderr).toBe(0);
    expect(depotFolder("gateway")).toBe(true);
  });

  it.skipIf(!isThere || engine.store === "overlay2")(
    `runs the frontend that the syntax line names, and gives an image ${needed}, and the containerd store)`,
    async () => {
      const output = [`--output=type=docker,name=${scenario.image},dest=image.tar`];
      const { code, stderr } = await build(["--frontend=dockerfile.v0", ...files, ...output]);
      expect(code, stderr).toBe(0);
      await engine.docker(["load", "--quiet", "--input", join(scenario.folder, "image.tar")]);
      const ran = await scenario.run([]);
      expect(ran.stdout, ran.stderr).toBe("Hello, Ada!");
    },
  );

  it.skipIf(!isThere)(`takes the definition that the tool writes ${needed})`, async () => {
    const mount = ["--volume", `${scenario.folder}:/project:ro`];
    const tool = ["run", "--rm", "--interactive", "--pull=always", "--network=none", ...mount];
    const definition = spawn(
      engine.client,
      [...tool, inject("endToEnd").frontend, "llb", "--target=depot", "--network=host", "--format=protobuf"],
      { env: engine.environment as NodeJS.ProcessEnv, stdio: ["pipe", "pipe", "ignore"] },
    );
    definition.stdin.end(spec());
    const { code, stderr } = await build(["--output=type=local,dest=definition"], definition.stdout);
    expect(code, stderr).toBe(0);
    expect(depotFolder("definition")).toBe(true);
  });

  it.skipIf(!isThere)(`shows the line of an error ${needed})`, async () => {
    await scenario.write({ "julia.toml": spec().replace("main =", "mian =") });
    const { code, stderr } = await build(["--frontend=dockerfile.v0", ...files]);
    await scenario.write({ "julia.toml": spec() });
    expect(code, stderr).not.toBe(0);
    expect(stderr).toContain("julia.toml:3:1: unknown key `mian`; did you mean `main`?");
    expect(stderr).toContain('>>> mian = "main.jl"');
  });
});
