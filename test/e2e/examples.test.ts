import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, inject, it } from "vitest";
import { engineAvailable } from "../engine/engine.ts";
import { engineAt } from "../engine/engine-client.ts";
import { officialVersion } from "../engine/julia/julia-image.ts";
import type { Files } from "../engine/resolver/project-request.ts";
import { provideSmallBase } from "../engine/small-bases.ts";
import { type ExampleCase, exampleNames, examplesFolder, readCase, readExample } from "../examples/case.ts";
import { EXAMPLES_JULIA, examplePackages, exampleRequest, manifestPath } from "../examples/projects.ts";
import { combinations } from "./coverage.ts";
import { type ExampleSurroundings, openSurroundings, privateSurroundings } from "./example-surroundings.ts";
import { imageContains } from "./image-search.ts";
import { type Julia, juliaOf } from "./julia.ts";
import { Scenario, signsOfCompiling } from "./scenario.ts";
import { titleOf } from "./suites.ts";

const { engines, julias, frontend, unavailable } = inject("endToEnd");

/** An example's spec for this machine: the frontend of this checkout, the servers of the test, a cache of its own. */
function adapted(
  text: string,
  julia: Julia,
  { pkgServer, gitServer = "" }: ExampleSurroundings,
  cacheId: string,
): string {
  const named = forJulia(text, julia)
    .replace(/^# syntax=.*/, `# syntax=${frontend}`)
    .replace('server = "https://pkg.example.com"\n', "")
    .replaceAll("https://git.example.com", gitServer)
    .replace(/^cache-id = .*\n/m, "");
  // BuildKit does not count the name of a cache mount when it looks for a result: the variable tells the runs apart.
  return [
    ["pkg", `server = "${pkgServer}"`],
    ["depot", `cache-id = "${cacheId}"`],
    ["env", `SCENARIO = "${cacheId}"`],
  ].reduce((spec, [table = "", line = ""]) => withLine(spec, table, line), named);
}

/** The image's version in place of the one that the examples name, or the image itself if it has no official name. */
function forJulia(spec: string, { image }: Julia): string {
  const version = officialVersion(image);
  return version === undefined
    ? spec.replace(/^julia = .*$/m, `base = "${image}"`)
    : spec.replaceAll(`"${EXAMPLES_JULIA}"`, `"${version}"`);
}

/** What is expected of an example, with the version that its spec names now. */
function caseFor(name: string, { image }: Julia): ExampleCase {
  const version = officialVersion(image) ?? EXAMPLES_JULIA;
  const text = JSON.stringify(readCase(name));
  return JSON.parse(text.replaceAll(`julia${EXAMPLES_JULIA}`, `julia${version}`)) as ExampleCase;
}

function isFor(name: string, julia: Julia): boolean {
  const [major = 1, minor = 0] = (readCase(name).julia ?? "1.0").split(".").map(Number);
  return julia.isAtLeast(major, minor);
}

/** The committed manifest for the version that it is made for, another one for others. */
async function manifestFor(name: string, julia: Julia): Promise<Files> {
  const path = manifestPath(name);
  if (path === undefined || julia.minor === EXAMPLES_JULIA) return {};
  const { manifestToml } = await julia.resolve(exampleRequest(name), examplePackages);
  return { [path]: manifestToml };
}

function withLine(spec: string, table: string, line: string): string {
  const header = `[${table}]\n`;
  return spec.includes(header)
    ? spec.replace(header, () => `${header}${line}\n`)
    : `${spec}\n${header}${line}\n`;
}

// On the engine of today's Docker; the other tests cover what differs between the two stores.
const todays = engines.find(({ store }) => store === "containerd") ?? engines[0];

describe.skipIf(unavailable !== undefined)("the example", () => {
  const pairs = combinations({ julias, engines: todays === undefined ? [] : [todays] }, "one Julia");
  describe.each(pairs.map(({ julia, engine }) => [titleOf(julia, engine), julia, engine] as const))(
    "%s",
    (_title, image, address) => {
      const julia = juliaOf(image);
      let scenario: Scenario;
      let surroundings: ExampleSurroundings;

      afterEach(async () => {
        await scenario.remove();
        await surroundings.stop();
      });

      it.each(exampleNames.filter((name) => isFor(name, julia)))(
        "%s is built and does what its page says",
        async (name) => {
          const expected = caseFor(name, julia);
          surroundings = await (expected.surroundings === "private"
            ? privateSurroundings()
            : openSurroundings());
          scenario = await Scenario.create(engineAt(address), {});
          await cp(join(examplesFolder, name), scenario.folder, { recursive: true });
          const spec = adapted(readExample(name, "julia.toml"), julia, surroundings, scenario.cacheId);
          await scenario.write({ ...(await manifestFor(name, julia)), "julia.toml": spec });
          const smallBase = await smallBaseContext(scenario, spec);
          const target = expected.target === undefined ? [] : [`--target=${expected.target}`];
          const args = [...surroundings.build, ...target, ...(expected.build ?? []), ...smallBase];
          const { log } = await scenario.built({ args });
          expect(log).toContain(expected.log ?? "[depot] install and precompile");
          expect(await configuration(scenario)).toMatchObject(expected.config ?? {});
          for (const secret of surroundings.secrets) {
            expect(log).not.toContain(secret);
            expect(await imageContains(scenario, secret)).toBe(false);
          }
          await (expected.exec === undefined ? runOnce(scenario, expected) : serve(scenario, expected));
        },
      );
    },
  );
});

/** An image of the tests in place of Debian's small one, where the engine cannot pull. */
async function smallBaseContext({ engine }: Scenario, spec: string): Promise<readonly string[]> {
  if (!spec.includes('"debian:trixie-slim"') || (await engineAvailable()).kind !== "private") return [];
  return ["--build-context", `image-base=docker-image://${await provideSmallBase(engine, "slim")}`];
}

async function configuration({ engine, image }: Scenario): Promise<unknown> {
  const { stdout } = await engine.docker(["image", "inspect", image, "--format", "{{json .Config}}"]);
  return JSON.parse(stdout);
}

async function runOnce(scenario: Scenario, { run = [], stdout: expected }: ExampleCase): Promise<void> {
  const { code, stdout, stderr } = await scenario.run(run, ["--env=JULIA_DEBUG=loading"]);
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: expected });
  expect(stderr).not.toMatch(signsOfCompiling);
}

/** Starts the image without network, waits until Docker finds it healthy, and asks it from inside. */
async function serve(scenario: Scenario, { exec = [], stdout: expected }: ExampleCase): Promise<void> {
  const { engine, image } = scenario;
  const { stdout: id } = await engine.docker(["run", "--detach", "--network=none", image]);
  const container = id.trim();
  try {
    await expect.poll(() => health(scenario, container), { timeout: 60_000, interval: 500 }).toBe("healthy");
    const { stdout } = await engine.docker(["exec", container, ...exec]);
    expect(stdout).toContain(expected);
  } finally {
    await engine.docker(["rm", "--force", "--volumes", container], { check: false });
  }
}

async function health({ engine }: Scenario, container: string): Promise<string> {
  const { stdout } = await engine.docker(["inspect", container, "--format", "{{.State.Health.Status}}"]);
  return stdout.trim();
}
