import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { engineAvailable } from "../engine/engine.ts";
import { type Engine, engineAt } from "../engine/engine-client.ts";
import { inspectJulia } from "../engine/julia/julia-image.ts";
import { provideJulia } from "../engine/julia/provide.ts";
import { STAND_IN, STAND_IN_VERSION, standInLayout } from "../engine/julia/stand-in.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { type Julia, juliaOf } from "./julia.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { titleOf } from "./suites.ts";

const uuid = "9d3c5e71-8f2a-4b60-b7c4-1a0e6d5f4c38";
const request = { deps: ["Letterpress"], name: "Stereo", uuid };
const available = await engineAvailable();
// The images of both architectures are made from Debian's packages.
const canBeMade = available.kind === "private" && available.stores.includes("containerd");

/** The header of an ELF file for AArch64 (elf(5)): enough for a kernel to refuse it. */
function foreignProgram(): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  header.writeUInt16LE(2, 16); // e_type: ET_EXEC
  header.writeUInt16LE(183, 18); // e_machine: EM_AARCH64
  header.writeUInt32LE(1, 20); // e_version
  return header;
}

describe.skipIf(!canBeMade)("two platforms (their images are made from Debian's packages)", () => {
  describe(titleOf({ version: STAND_IN_VERSION }, { store: "containerd" }), () => {
    let server: PkgServer;
    let scenario: Scenario;
    let engine: Engine;
    let julia: Julia;

    beforeAll(async () => {
      const { engines } = inject("endToEnd");
      const address = engines.find(({ store }) => store === "containerd");
      if (address === undefined) throw new Error("no engine with the containerd store was started");
      engine = engineAt(address);
      // A run of other versions has not made this one, and nobody else's engine is one of these.
      for (const each of engines) await provideJulia({ ...engineAt(each), owned: true }, STAND_IN);
      julia = juliaOf(await inspectJulia(engine, STAND_IN));
      server = await startPkgServer(standardCatalogue());
      scenario = await Scenario.create(engine, {
        ...(await julia.project(request)),
        "src/Stereo.jl": "module Stereo\nimport Letterpress\nend\n",
      });
      await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    });
    afterAll(async () => {
      await scenario.remove();
      await server.stop();
    });

    it("become one index, each built with Julia of its own", async () => {
      const name = `${inject("endToEnd").registry}/${scenario.image}`;
      const layouts = await Promise.all(
        ["amd64", "386"].map((each) => standInLayout(each as "amd64" | "386")),
      );
      // One index of both, to stand for the official image.
      const base = `${name}-base`;
      for (const [index, layout] of layouts.entries()) {
        await scenario.write({ "empty/Dockerfile": "FROM base\n" });
        const context = ["--build-context", `base=oci-layout://${layout}:${STAND_IN_VERSION}`];
        const platform = `--platform=linux/${["amd64", "386"][index]}`;
        const { code, log } = await scenario.buildWith([
          ...["--push", "--provenance=false", "-t", `${base}:${index}`, platform, ...context, "empty"],
        ]);
        expect(code, log).toBe(0);
      }
      await engine.docker(["buildx", "imagetools", "create", "-t", base, `${base}:0`, `${base}:1`]);

      const { code, log } = await scenario.buildWith([
        ...["--push", "-t", name, "-f", "julia.toml", "--platform=linux/amd64,linux/386"],
        ...["--provenance=false", "--build-context", `base=docker-image://${base}`, "."],
      ]);
      expect(code, log).toBe(0);
      const index = JSON.parse(
        (await engine.docker(["buildx", "imagetools", "inspect", "--raw", name])).stdout,
      );
      const platforms = index.manifests.map(
        ({ platform }: { platform: { architecture: string } }) => platform.architecture,
      );
      expect(platforms).toEqual(["amd64", "386"]);
      for (const [platform, bits] of [
        ["linux/amd64", 64],
        ["linux/386", 32],
      ] as const) {
        const code = "using Stereo; print(nameof(Stereo), ' ', Sys.WORD_SIZE)";
        const command = [
          "run",
          "--rm",
          "--pull=always",
          "--quiet",
          `--platform=${platform}`,
          "--network=none",
        ];
        const strict = ["--read-only", "--env=JULIA_DEBUG=loading", "--entrypoint=julia", name, "-e", code];
        const { stdout, stderr } = await engine.docker([...command, ...strict]);
        expect(stdout).toBe(`Stereo ${bits}`);
        expect(stderr).not.toMatch(signsOfCompiling);
      }
    });

    it("of which the base image lacks one: the build says so", async () => {
      const { code, log } = await scenario.build({ args: ["--platform=linux/arm64"] });
      expect(code, log).not.toBe(0);
      expect(log).toMatch(/the base image \S+ is for linux\/amd64, not for linux\/arm64/);
    });

    it("of which the engine cannot run one: the build says so", async () => {
      const name = `${inject("endToEnd").registry}/${scenario.image}-foreign`;
      await scenario.write({
        "foreign/Dockerfile": "FROM scratch\nCOPY passwd group /etc/\nCOPY --chmod=755 julia /usr/bin/\n",
        "foreign/group": "root:x:0:\n",
        "foreign/passwd": "root:x:0:0::/:/bin/sh\n",
      });
      await writeFile(join(scenario.folder, "foreign/julia"), foreignProgram());
      const arm = "--platform=linux/arm64";
      const made = await scenario.buildWith(["--push", "--provenance=false", "-t", name, arm, "foreign"]);
      expect(made.code, made.log).toBe(0);
      const context = ["--build-context", `base=docker-image://${name}`];
      const { code, log } = await scenario.build({ args: [arm, ...context] });
      expect(code, log).not.toBe(0);
      expect(log).toContain("exec format error");
      expect(log).toMatch(
        /Julia has to run to compile, and this builder lists \S+ only: for linux\/arm64 add/,
      );
    });
  });
});
