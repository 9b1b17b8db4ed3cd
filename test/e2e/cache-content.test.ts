import { afterAll, beforeAll, expect, it } from "vitest";
import { dependencyPrograms } from "../../src/julia/programs.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { readSteps } from "./build-log.ts";
import { mountedPrograms, runInCache } from "./cache-mount.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const depot = "/opt/julia/depot";
const deps = ["Letterpress", "Almanac"];

describeOnEngines("whatever the cache holds", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  let pristine: ReadonlyMap<string, string>;
  let runs = 0;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, await julia.project({ deps }));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    await scenario.built();
    pristine = await sources();
  });

  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  /** Packages and artifacts of the image. Compiled files differ in every compilation. */
  async function sources(): Promise<ReadonlyMap<string, string>> {
    const files = await scenario.files(depot);
    return new Map([...files].filter(([path]) => /\/(packages|artifacts)\//.test(path)));
  }

  /** Builds again with the dependency step's cache key changed, and checks that the image is right. */
  async function rebuilt(): Promise<readonly string[]> {
    runs += 1;
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, env: { RUN: String(runs) } }),
    });
    const { log } = await scenario.built();
    expect(await sources()).toEqual(pristine);
    const use = 'import Letterpress, Almanac; print(Letterpress.press("Ada"))';
    const { code, stdout, stderr } = await scenario.julia(use);
    expect({ code, stdout }, stderr).toEqual({
      code: 0,
      stdout: expect.stringContaining("Hello, Ada! (Ink 1.1.0+0"),
    });
    expect(stderr).not.toMatch(signsOfCompiling);
    return readSteps(log).find(({ name }) => name.startsWith("[depot] install"))?.output ?? [];
  }

  it("an unchanged cache gives the same image without a download", async () => {
    server.clear();
    const output = await rebuilt();
    expect(output[0]).toMatch(/packages in the manifest, 0 to download/);
    expect(output).toContain("Everything is compiled already");
    expect(server.requests()).toEqual([]);
  });

  it("a lost cache is filled again", async () => {
    await runInCache(scenario, julia, "find . -mindepth 1 -delete");
    expect((await rebuilt()).filter((line) => line.includes("downloaded"))).toHaveLength(6);
  });

  it("a package folder with a missing file is installed again", async () => {
    await runInCache(scenario, julia, "rm packages/Greetings/*/src/Greetings.jl");
    expect(await rebuilt()).toContainEqual(expect.stringMatching(/another packages\/Greetings/));
  });

  it("a package folder with a changed file of the same size and time is installed again", async () => {
    const file = "packages/Greetings/*/src/Greetings.jl";
    await runInCache(scenario, julia, `sed -i s/Hello/Jello/ ${file} && touch -d @1 ${file}`);
    expect(await rebuilt()).toContainEqual(expect.stringMatching(/another packages\/Greetings/));
  });

  it("a half-written artifact is installed again", async () => {
    await runInCache(scenario, julia, "rm -r artifacts/*/share");
    expect(await rebuilt()).toContainEqual(expect.stringMatching(/another artifacts\//));
  });

  it("a truncated compiled file is compiled again", async () => {
    await runInCache(scenario, julia, "for f in compiled/*/Greetings/*.ji; do truncate -s 100 $f; done");
    expect(await rebuilt()).toContainEqual(expect.stringMatching(/compiling .* Greetings/));
  });

  it("files of foreign owners and modes are taken as what they are", async () => {
    await runInCache(scenario, julia, "chown -R 4711:4711 packages artifacts && chmod -R go-rwx packages");
    await rebuilt();
    const { stdout } = await scenario.run(
      [depot, "!", "-user", "root", "-o", "!", "-perm", "-o+r"],
      ["--entrypoint=find", "--user=0"],
    );
    expect(stdout).toBe("");
  });

  it("what an interrupted build left is removed", async () => {
    await runInCache(
      scenario,
      julia,
      "mkdir -p .frontend/temporary/half && echo x > .frontend/temporary/half/file",
    );
    await rebuilt();
    expect(await runInCache(scenario, julia, "echo left: $(ls -A .frontend/temporary 2>/dev/null)")).toMatch(
      /\n#\d+ \d+\.\d+ left:\n/,
    );
  });

  it("another project's other versions of the same packages stay apart", async () => {
    const other = await Scenario.create(
      engine,
      await julia.project({ deps, pins: { Greetings: "1.0.0", Colours: "1.0.0", Tally: "1.0.0" } }),
    );
    await other.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    await other.built();
    const release = "import Letterpress; print(Letterpress.Greetings.release())";
    expect((await other.julia(release)).stdout).toBe("1.0.0");
    expect(await rebuilt()).toContain("Everything is compiled already");
    expect((await scenario.julia(release)).stdout).toBe("1.1.0");
    await other.remove();
  });

  it("--no-cache runs every step again with the same cache", async () => {
    server.clear();
    const { ran, steps } = await scenario.built({ args: ["--no-cache"] });
    expect(ran).toContainEqual(expect.stringMatching(/^\[depot\] install/));
    const output = steps.find(({ name }) => name.startsWith("[depot] install"))?.output ?? [];
    expect(output).toContain("Everything is compiled already");
    expect(server.requests()).toEqual([]);
    expect(await rebuilt()).toContain("Everything is compiled already");
  });

  it("what no build used for long is removed, and nothing else", async () => {
    const before = foldersIn(
      await runInCache(
        scenario,
        julia,
        `mkdir -p packages/Forgotten/abcde artifacts/0123 && rm -f .frontend/cleaned \
 && touch -d "2 days" .frontend/used/* && touch -d @1 .frontend/used/*Tally* && ${listing}`,
      ),
    );
    // What was put into the cache a moment ago counts as used until the day after tomorrow, when this is run.
    const log = await runInCache(scenario, julia, `julia --startup-file=no -e '${cleaning}' && ${listing}`);
    expect(log).toMatch(/Removed \S+ \S+ from the cache that no build used for 1 day\n/);
    const isForgotten = (folder: string) => /Tally|Forgotten|0123/.test(folder);
    expect(before.filter(isForgotten).length).toBeGreaterThanOrEqual(3);
    expect(foldersIn(log)).toEqual(before.filter((folder) => !isForgotten(folder)));
    const downloaded = (await rebuilt()).filter((line) => line.includes("downloaded"));
    expect(downloaded).toEqual([expect.stringContaining("Tally")]);
  });
});

/** Has Julia read what the dependency step reads, and clean the cache as on the day after tomorrow. */
const step = dependencyPrograms.get("steps/dependencies.jl") ?? "";
const read = [...step.matchAll(/^(IS_1_5 && )?include\("\.\.\/(lib\/\w+\.jl)"\)$/gm)].map(
  ([, condition = "", name]) => `${condition}include("${mountedPrograms}/${name}"); `,
);
const cleaning = `${read.join("")}\
clean_cache("${depot}", 1; now = time() + 2 * 86400)`;

const listing = "ls -d packages/*/* artifacts/*";

/** What `listing` printed, in the log of a build. */
function foldersIn(log: string): readonly string[] {
  return [...log.matchAll(/^#\d+ [\d.]+ ((?:packages|artifacts)\/\S+)$/gm)].map(([, folder]) => folder ?? "");
}
