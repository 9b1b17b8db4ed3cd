import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import type { Julia } from "./julia.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const request = { deps: ["Letterpress"] };

interface SpdxPackage {
  readonly name: string;
  readonly externalRefs: readonly { readonly referenceLocator: string }[];
}

interface Provenance {
  readonly invocation: { readonly configSource: { readonly entryPoint: string } };
  readonly materials: readonly { readonly uri: string; readonly digest: { readonly sha256: string } }[];
}

/** A provenance names the spec, and by their digests the frontend and the base image. */
function expectMaterials({ image }: Julia, { invocation, materials }: Provenance): void {
  expect(invocation.configSource.entryPoint).toBe("julia.toml");
  const [frontend] = inject("endToEnd").frontend.split(":").slice(-2, -1);
  const names = [frontend?.split("/").at(-1) ?? "", image.split(/[:@]/)[0] ?? ""];
  expect(names).not.toContain("");
  for (const name of names) {
    const material = materials.find(({ uri }) => uri.startsWith("pkg:docker/") && uri.includes(`${name}@`));
    expect(material?.digest.sha256, name).toMatch(/^[0-9a-f]{64}$/);
  }
}

describeOnEngines("attestations", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
    });
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
  });
  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  // The classic image store has no place for attestations, and buildx says so.
  it.skipIf(engine.store === "overlay2")(
    "are an SBOM of the depot and the provenance (the classic store has no place for them)",
    async () => {
      const name = `${inject("endToEnd").registry}/${scenario.image}`;
      const attest = ["--sbom=true", "--provenance=mode=max", "--push", "-t", name];
      const { code, log } = await scenario.buildWith(["-f", "julia.toml", ...attest, "."]);
      expect(code, log).toBe(0);
      const inspect = async (what: string) => {
        const args = ["buildx", "imagetools", "inspect", name, "--format", `{{json .${what}}}`];
        return JSON.parse((await engine.docker(args)).stdout);
      };
      const { SPDX } = await inspect("SBOM");
      const packages: readonly SpdxPackage[] = SPDX.packages;
      expect(SPDX.spdxVersion).toBe("SPDX-2.3");
      expect(packages.map((each) => each.name)).toEqual([
        "julia",
        "Colours",
        "Greetings",
        "Inkwell_jll",
        "Letterpress",
        expect.stringMatching(/^artifact [0-9a-f]{40}$/),
      ]);
      const greetings = packages.find((each) => each.name === "Greetings");
      expect(greetings?.externalRefs.map((each) => each.referenceLocator)).toEqual([
        expect.stringMatching(new RegExp(`^pkg:julia/Greetings@[\\d.]+\\?uuid=${UUIDS.Greetings}$`)),
        expect.stringMatching(/^swh:1:dir:[0-9a-f]{40}$/),
      ]);
      const { SLSA: provenance } = await inspect("Provenance");
      expectMaterials(julia, provenance);
      const { infos } = provenance.metadata["https://mobyproject.org/buildkit@v1#metadata"].source;
      const spec = infos.find((info: { filename: string }) => info.filename === "julia.toml");
      const text = specText({ julia, server, cacheId: scenario.cacheId });
      expect(Buffer.from(spec.data, "base64").toString()).toBe(text);
      expect(JSON.stringify(provenance.buildConfig)).toContain("dependencies.jl");

      const min = await scenario.buildWith([
        "-f",
        "julia.toml",
        "--provenance=mode=min",
        "--push",
        "-t",
        name,
        ".",
      ]);
      expect(min.code, min.log).toBe(0);
      const { SLSA: short } = await inspect("Provenance");
      expectMaterials(julia, short);
      expect(short.buildConfig).toBeUndefined();
    },
  );

  it.skipIf(engine.store === "overlay2")(
    "lie beside the files of a depot (the classic store has no place for them)",
    async () => {
      const attest = ["--sbom=true", "--provenance=mode=min", "--output=type=local,dest=out"];
      const { code, log } = await scenario.buildWith(["-f", "julia.toml", "--target=depot", ...attest, "."]);
      expect(code, log).toBe(0);
      const read = async (file: string) =>
        JSON.parse(await readFile(join(scenario.folder, "out", file), "utf8"));
      const { predicate } = await read("sbom.spdx.json");
      expect(predicate.packages.map((each: SpdxPackage) => each.name)).toContain("Letterpress");
      expectMaterials(julia, (await read("provenance.json")).predicate);
    },
  );
});
