import { afterEach, beforeEach, expect, it } from "vitest";
import { type Fault, type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const request = { deps: ["Greetings"] };
const path = `/package/${UUIDS.Greetings}/`;

describeOnEngines("a package whose download is spoiled", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeEach(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, await julia.project(request));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
  });

  afterEach(async () => {
    await scenario.remove();
    await server.stop();
  });

  const tries = () => server.requests().filter((request) => request.path.startsWith(path)).length;

  const faults: readonly (readonly [string, number, Fault])[] = [
    ["corrupt", 2, "corrupt"],
    ["cut off", 2, "truncate"],
    ["refused for now", 2, { status: 503 }],
    // Once only: it takes 20 seconds to be sure.
    ["stalled", 1, "hang"],
  ];
  it.each(faults)("(%s) is downloaded again, up to two times (here %i)", async (_name, times, fault) => {
    server.fail(path, fault, times);
    await scenario.built();
    expect(tries()).toBe(times + 1);
    expect((await scenario.julia('using Greetings; print(Greetings.greet("Ada"))')).stdout).toBe(
      "Hello, Ada!",
    );
  });

  it("every time is named in the error, with what was wrong", async () => {
    server.fail(path, "corrupt", 1000);
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toMatch(
      /Greetings 1\.1\.0 from the Pkg server: (the archive is damaged|its content is not what the manifest asks for) \(3 tries\)/,
    );
    expect(log).not.toContain("Colours 1.1.0 from the Pkg server");
  });
});
