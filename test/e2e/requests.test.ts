import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { specSchema } from "../../src/buildfile/json-schema.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const request = { deps: ["Greetings"] };
const rulePage = (rule: string) => new RegExp(`https://\\S+/docs/rules/${rule}\\.md`);

describeOnEngines("docker buildx build", (engine, can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    scenario = await Scenario.create(engine, await julia.project(request));
  });
  afterEach(() => scenario.remove());

  /** Lines 1 to 3 are the syntax line, the version of Julia, and `top`. */
  function write(top: string, tables = ""): Promise<void> {
    const text = `# syntax=${inject("endToEnd").frontend}\nbase = "${julia.image}"\n${top}\n${tables}`;
    return scenario.write({ "julia.toml": text });
  }

  async function call(request: string, ...args: readonly string[]) {
    const { code, stdout, stderr } = await engine.docker(
      ["buildx", "build", "-f", "julia.toml", "--call", request, ...args, "."],
      { cwd: scenario.folder, check: false },
    );
    return { code, stdout, stderr };
  }

  it.skipIf(!can.call)(
    "--call check succeeds and says so if there is nothing to say (needs a buildx with --call)",
    async () => {
      await write("");
      const { code, stdout, stderr } = await call("check");
      expect(code, stderr).toBe(0);
      expect(stdout).toBe("Check complete, no warnings found.\n");
      expect(JSON.parse((await call("check,format=json")).stdout)).toEqual({ warnings: [], sources: [] });
    },
  );

  it.skipIf(!can.call)(
    "--call check shows a warning with its excerpt and page, and fails (needs a buildx with --call)",
    async () => {
      await write('user = "root"');
      const { code, stdout } = await call("check");
      expect(code).toBe(1);
      expect(stdout).toContain("Check complete, 1 warning has been found!");
      expect(stdout).toMatch(rulePage("user-is-root"));
      expect(stdout).toContain('   3 | >>> user = "root"\n');
      const json = await call("check,format=json");
      expect(json.code).toBe(1);
      expect(JSON.parse(json.stdout).warnings).toMatchObject([
        { ruleName: "user-is-root", location: { ranges: [{ start: { line: 3 } }] } },
      ]);
    },
  );

  it.skipIf(!can.call)(
    "--call check shows warnings and errors of one run, and fails (needs a buildx with --call)",
    async () => {
      await write('usr = "root"\nuser = "root"');
      const { code, stdout, stderr } = await call("check");
      expect(code).toBe(1);
      expect(stdout).toContain('>>> user = "root"');
      expect(stderr).toContain("julia.toml:3:1: unknown key `usr`; did you mean `user`? (unknown-key)");
      expect(stderr).toContain('   3 | >>> usr = "root"\n');
      const json = await call("check,format=json");
      expect(json.code).toBe(1);
      expect(JSON.parse(json.stdout).buildError.message).toContain("unknown key `usr`");
    },
  );

  it.skipIf(!can.call)(
    "--call outline lists what a build can be given (needs a buildx with --call)",
    async () => {
      await write(
        "",
        '[args]\nEDITION = "morning"\n[env]\nE = "${EDITION}"\n[secrets.token]\nenv = "TOKEN"\n[ssh]\n',
      );
      const { code, stdout } = await call("outline", "--build-arg=EDITION=evening");
      expect(code).toBe(0);
      expect(stdout).toMatch(/^TARGET: +app$/m);
      expect(stdout).toMatch(/^EDITION +evening/m);
      expect(stdout).toMatch(/^token +true/m);
      const { args, secrets, ssh } = JSON.parse((await call("outline,format=json")).stdout);
      expect({ args, secrets, ssh }).toMatchObject({
        args: [{ name: "EDITION", value: "morning" }],
        secrets: [{ name: "token", required: true }],
        ssh: [{ name: "default" }],
      });
    },
  );

  it.skipIf(!can.call)(
    "--call targets lists the targets, the default one first (needs a buildx with --call)",
    async () => {
      await write("");
      const { code, stdout } = await call("targets");
      expect(code).toBe(0);
      expect(stdout).toMatch(/^TARGET +DESCRIPTION\napp \(default\) /);
      const { targets } = JSON.parse((await call("targets,format=json")).stdout);
      expect(targets.slice(0, 3).map(({ name }: { name: string }) => name)).toEqual(["app", "deps", "depot"]);
    },
  );

  it.skipIf(!can.call)(
    "--call plan shows what would be built, and downloads nothing of it (needs a buildx with --call)",
    async () => {
      await write("", `[pkg]\nserver = "${server.url}"\n`);
      server.clear();
      const { code, stdout } = await call("plan", "--target=deps");
      expect(code).toBe(0);
      expect(stdout).toMatch(/^deps for linux\//);
      expect(stdout).toContain("Greetings 1.1.0");
      const { plans } = JSON.parse((await call("plan,format=json")).stdout);
      expect(plans).toMatchObject([{ target: "app", packages: { count: 2 } }]);
      // An image that was loaded into the classic store, not pulled, has no digest.
      expect(plans[0].base.digest ?? engine.store).toMatch(/^sha256:|^overlay2$/);
      expect(server.requests()).toEqual([]);
    },
  );

  it.skipIf(!can.call)("--call schema prints the schema (needs a buildx with --call)", async () => {
    await write("");
    const { code, stdout } = await call("schema");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(specSchema());
  });

  it.skipIf(!can.call)(
    "--call subrequests.describe lists the requests (needs a buildx with --call)",
    async () => {
      await write("");
      const { code, stdout } = await call("subrequests.describe");
      expect(code).toBe(0);
      for (const name of ["lint", "outline", "plan", "schema", "targets"]) {
        expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
      }
    },
  );

  it.skipIf(!can.namedContexts)(
    "shows a warning after a build, with --debug its excerpt and page (needs Docker 23.0)",
    async () => {
      await scenario.write({
        "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, top: 'user = "root"' }),
      });
      const { log } = await scenario.built({ args: ["--target=depot"] });
      expect(log).toMatch(/1 warning found/);
      expect(log).toContain(" - user-is-root: the image runs as root\n");
      const { stderr } = await engine.docker(
        [
          "--debug",
          "buildx",
          "build",
          "--progress=plain",
          "--network=host",
          "--target=depot",
          "-f",
          "julia.toml",
          ".",
        ],
        { cwd: scenario.folder },
      );
      expect(stderr).toContain('   3 | >>> user = "root"\n');
      expect(stderr).toMatch(rulePage("user-is-root"));
    },
  );
});
