import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { resolveProject } from "../engine/packages/manifest.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { STANDARD_PACKAGES, standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import { describeOnEngines, Scenario, specText } from "./scenario.ts";

const resolved = resolveProject(STANDARD_PACKAGES, { deps: ["Letterpress"] });

interface SpdxPackage {
  readonly name: string;
  readonly externalRefs: readonly { readonly referenceLocator: string }[];
}

describeOnEngines("attestations", (engine) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      "Project.toml": resolved.projectToml,
      "Manifest.toml": resolved.manifestToml,
    });
    await scenario.write({ "julia.toml": specText({ server, cacheId: scenario.cacheId }) });
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
      const provenance = JSON.stringify(await inspect("Provenance"));
      expect(provenance).toContain("julia.toml");
    },
  );
});
