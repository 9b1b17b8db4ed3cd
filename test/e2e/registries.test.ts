import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { uuidFor } from "../engine/packages/generated.ts";
import { type GitServer, startGitServer } from "../engine/packages/git-http-server.ts";
import { makeGitRepository } from "../engine/packages/git-repository.ts";
import { definePackage, type PackageFixture } from "../engine/packages/package-fixture.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { GENERAL_UUID, makeRegistry } from "../engine/packages/registry-fixture.ts";
import { STANDARD_PACKAGES, standardCatalogue } from "../engine/packages/standard.ts";
import { runInCache } from "./cache-mount.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

/** Packages that only git has. */
function gitOnly(name: string): PackageFixture {
  return definePackage({
    name,
    uuid: uuidFor(name),
    version: "1.0.0",
    body: `label() = "${name} by post"`,
  });
}
const parcel = gitOnly("Parcel");
const mailbag = gitOnly("Mailbag");

const team = { name: "Team", uuid: uuidFor("Team registry") };

const available = [...STANDARD_PACKAGES, parcel, mailbag];

describeOnEngines("registries", (engine, _can, julia) => {
  let folder: string;
  let git: GitServer;
  let server: PkgServer;
  let scenario: Scenario;
  let runs = 0;
  const project = (...deps: readonly string[]) => julia.project({ deps }, available);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "julia-frontend-registries-"));
    const repository = async (name: string) => makeGitRepository(join(folder, `${name}.git`));
    const [parcels, mailbags, registry] = [
      await repository("Parcel"),
      await repository("Mailbag"),
      await repository("TeamRegistry"),
    ];
    git = await startGitServer({ "Parcel.jl": parcels, "Mailbag.jl": mailbags, TeamRegistry: registry });
    await parcels.commit(parcel.files);
    await mailbags.commit(mailbag.files);
    await registry.commit(makeRegistry([parcel], team, git.url).files);
  });

  afterAll(async () => {
    await git.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {});
    git.clear();
  });

  afterEach(async () => {
    await scenario.remove();
    await server.stop();
  });

  /** Writes the project with a spec that no build has had, so that the dependency step runs. */
  async function write(files: Readonly<Record<string, string>>, tables = ""): Promise<void> {
    runs += 1;
    const env = { RUN: String(runs) };
    const spec = specText({ julia, server, cacheId: scenario.cacheId, tables, env });
    await scenario.write({ ...files, "julia.toml": spec });
  }

  const teamTables = () => `[[registries]]\nname = "Team"\nurl = "${git.url}/TeamRegistry.git"\n`;
  const registryRequests = () =>
    server
      .requests()
      .map(({ path }) => path)
      .filter((path) => path.startsWith("/registry/"));
  const label = async (name: string) =>
    (await scenario.julia(`using ${name}; print(${name}.label())`)).stdout;

  it("of a team give packages that neither General nor the Pkg server has, and stay out of the image", async () => {
    await write(await project("Parcel", "Greetings"), teamTables());
    const { log } = await scenario.built();
    expect(log).toContain("Adding the registry Team");
    expect(await label("Parcel")).toBe("Parcel by post");
    const paths = [...(await scenario.files("/opt")).keys()];
    expect(paths.filter((path) => /registr/i.test(path))).toEqual([]);
  });

  it("of a team are kept for the next build, and apart from builds that do not name them", async () => {
    await write(await project("Parcel"), teamTables());
    await scenario.built();
    await runInCache(scenario, julia, "rm -r packages/Parcel clones");
    git.clear();
    await write(await project("Parcel"), teamTables());
    const { log } = await scenario.built();
    expect(log).not.toContain("Adding the registry Team");
    expect(git.requests().filter((path) => path.startsWith("/TeamRegistry"))).toEqual([]);

    expect(await runInCache(scenario, julia, "ls registries .frontend/registries/*")).not.toMatch(
      /registries:\s.*Team/,
    );
    await runInCache(scenario, julia, "rm -r packages/Parcel clones");
    await write(await project("Parcel"));
    const other = await scenario.build();
    expect(other.code, other.log).not.toBe(0);
    expect(other.log).toMatch(/expected package .*Parcel.* to be registered/);
  });

  it("of a team that cannot be had are named in the error", async () => {
    await write(await project("Parcel"), teamTables().replace("TeamRegistry", "Nowhere"));
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("the registry Team could not be added");
  });

  it("are not needed for what the Pkg server has", async () => {
    server.fail("/registr", { status: 503 }, 1000);
    await write(await project("Greetings", "Letterpress"));
    await scenario.built();
    expect(server.requests().filter(({ path }) => path.startsWith("/registr"))).toEqual([]);
    // A package more, and one less in the cache.
    await runInCache(scenario, julia, "rm -r packages/Greetings");
    await write(await project("Greetings", "Letterpress", "Tally"));
    await scenario.built();
    expect((await scenario.julia("using Greetings, Letterpress, Tally")).code).toBe(0);
  });

  it("in the cache that are older than the manifest are updated once", async () => {
    const publish = (...packages: readonly PackageFixture[]) => {
      const general = makeRegistry(packages, { name: "General", uuid: GENERAL_UUID }, git.url);
      server.publish({ registries: [general], packages: [], artifacts: [] });
      return `/registry/${GENERAL_UUID}/${general.treeHash}`;
    };
    const first = publish(parcel);
    await write(await project("Parcel"));
    await scenario.built();
    expect(registryRequests()).toEqual([first]);

    const second = publish(parcel, mailbag);
    server.clear();
    await write(await project("Parcel", "Mailbag"));
    await scenario.built();
    expect(registryRequests()).toEqual([second]);
    expect(await label("Mailbag")).toBe("Mailbag by post");

    server.clear();
    await runInCache(scenario, julia, "rm -r packages/Mailbag");
    await write(await project("Parcel", "Mailbag"));
    await scenario.built();
    expect(registryRequests()).toEqual([]);
  });
});
