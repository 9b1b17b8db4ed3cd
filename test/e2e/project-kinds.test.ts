import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { uuidFor } from "../engine/packages/generated.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import type { Files } from "../engine/resolver/project-request.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const web = { name: "Web", uuid: uuidFor("Web"), version: "0.1.0" };

/** libs/Paper depends on a registered package. */
const paperFiles: Files = {
  "libs/Paper/Project.toml": `name = "Paper"
uuid = "${uuidFor("Paper")}"
version = "0.1.0"
[deps]
Greetings = "${UUIDS.Greetings}"
`,
  "libs/Paper/src/Paper.jl": 'module Paper\nimport Greetings\nline() = Greetings.greet("Paper")\nend\n',
};
const webSource = 'module Web\nimport Paper\npage() = Paper.line() * "!"\nend\n';

describeOnEveryJulia("a project as projects are today", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function build(files: Files, top = "", tables = ""): Promise<void> {
    scenario = await Scenario.create(engine, files);
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, top, tables }),
    });
    await scenario.built();
  }

  async function expectPage(): Promise<void> {
    const { code, stdout, stderr } = await scenario.julia("import Web; print(Web.page())");
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "Hello, Paper!!" });
    expect(stderr).not.toMatch(signsOfCompiling);
  }

  it.skipIf(!julia.isAtLeast(1, 11))(
    "may name the folder of a dependency under [sources] (needs Julia 1.11)",
    async () => {
      const files = await julia.project({
        ...{ ...web, deps: ["Paper"], folder: "services/web" },
        tables: '[sources]\nPaper = { path = "../../libs/Paper" }\n',
        files: { ...paperFiles, "services/web/src/Web.jl": webSource },
      });
      expect(files["services/web/Manifest.toml"]).toContain('path = "../../libs/Paper"');
      await build(files, 'project = "services/web"');
      await expectPage();
    },
  );

  it.skipIf(!julia.isAtLeast(1, 12))(
    "may be a member of a workspace, whose manifest lies beside another project (needs Julia 1.12)",
    async () => {
      const files = await julia.project({
        ...{ ...web, deps: ["Paper"], folder: "services/web" },
        tables: '[sources]\nPaper = { path = "../../libs/Paper" }\n',
        files: {
          ...paperFiles,
          "Project.toml": '[workspace]\nprojects = ["services/web", "libs/Paper"]\n',
          "services/web/src/Web.jl": webSource,
        },
      });
      expect(Object.keys(files)).toContain("Manifest.toml");
      expect(Object.keys(files)).not.toContain("services/web/Manifest.toml");
      await build(files, 'project = "services/web"');
      await expectPage();
    },
  );

  it.skipIf(!julia.isAtLeast(1, 12))(
    "may be a workspace whose other members, which lie in its folder, need more than it does (needs Julia 1.12)",
    async () => {
      const files = await julia.project({
        ...{ ...web, deps: ["Paper"] },
        tables:
          '[sources]\nPaper = { path = "libs/Paper" }\n[workspace]\nprojects = ["libs/Desk", "libs/Paper"]\n',
        files: {
          ...paperFiles,
          "libs/Desk/Project.toml": `name = "Desk"
uuid = "${uuidFor("Desk")}"
version = "0.1.0"
[deps]
Paper = "${uuidFor("Paper")}"
Tally = "${UUIDS.Tally}"
[sources]
Paper = { path = "../Paper" }
`,
          "libs/Desk/src/Desk.jl": "module Desk\nimport Paper, Tally\nend\n",
          "src/Web.jl": webSource,
        },
      });
      expect(files["Manifest.toml"]).toContain("[[deps.Tally]]");
      await build(files);
      await expectPage();
      const depot = [...(await scenario.files("/opt/julia/depot")).keys()];
      expect(depot.filter((path) => /Tally|Desk/.test(path))).toEqual([]);
    },
  );

  it.skipIf(!julia.isAtLeast(1, 12))("may be an app with a function main (needs Julia 1.12)", async () => {
    const files = await julia.project({
      ...{ ...web, deps: ["Greetings"] },
      tables: "[apps]\nweb = {}\n",
    });
    const source = `module Web
import Greetings
(@main)(args) = (print(Greetings.greet(args[1])); 0)
end
`;
    const image = '[image]\nentrypoint = ["julia", "-m", "Web"]\n';
    await build({ ...files, "src/Web.jl": source }, "", image);
    const strict = ["--read-only", "--user=4242", "--env=HOME=/nowhere", "--env=JULIA_DEBUG=loading"];
    const { code, stdout, stderr } = await scenario.run(["Ada"], strict);
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "Hello, Ada!" });
    expect(stderr).not.toMatch(signsOfCompiling);
  });
});
