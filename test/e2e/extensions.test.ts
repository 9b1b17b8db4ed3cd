import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { uuidFor } from "../engine/packages/generated.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import type { Files, ProjectRequest } from "../engine/resolver/project-request.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const paper = { name: "Paper", uuid: uuidFor("Paper"), version: "0.1.0" };
const identity = (of: typeof paper) =>
  `name = "${of.name}"\nuuid = "${of.uuid}"\nversion = "${of.version}"\n`;

/** An extension with one method, as source. */
const extension = (of: string, name: string) =>
  `module ${name}\nimport ${of}, Colours\n${of}.mark(::Colours.Colour) = "${name}"\nend\n`;

/** A package with a function that its extension adds a method to. */
const extended = (name: string, body: string) => `module ${name}\n${body}\nmark(_) = "none"\nend\n`;

/** A method of Tally that is there only with its extension. */
const label = 'Tally.label(Colours.NAMED["teal"])';

/** A project in services/web that depends on libs/Paper beside it. */
function withPaper(deps: readonly string[], paperTables: string, paperFiles: Files): ProjectRequest {
  return {
    ...{ name: "Web", uuid: uuidFor("Web"), version: "0.1.0", deps: ["Paper", ...deps] },
    ...{ folder: "services/web", develop: ["../../libs/Paper"] },
    files: {
      "libs/Paper/Project.toml": `${identity(paper)}${paperTables}`,
      ...Object.fromEntries(Object.entries(paperFiles).map(([path, text]) => [`libs/Paper/${path}`, text])),
      "services/web/src/Web.jl": `module Web\nimport ${["Paper", ...deps].join(", ")}\nend\n`,
    },
  };
}

describeOnEveryJulia("an extension", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function build(request: ProjectRequest, files: Files = {}): Promise<void> {
    scenario = await Scenario.create(engine, { ...(await julia.project(request)), ...files });
    const top = request.folder === undefined ? "" : `project = "${request.folder}"`;
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, top }) });
    await scenario.built();
  }

  /** The code prints this, and nothing is compiled for it. */
  async function expectPrinted(code: string, printed: string): Promise<void> {
    const { code: exit, stdout, stderr } = await scenario.julia(code);
    expect({ exit, stdout }, stderr).toEqual({ exit: 0, stdout: printed });
    expect(stderr).not.toMatch(signsOfCompiling);
  }

  async function compiledNames(): Promise<ReadonlySet<string>> {
    const paths = [...(await scenario.files("/opt/julia/depot/compiled")).keys()];
    return new Set(paths.flatMap((path) => /\/compiled\/v[^/]+\/([^/]+)\//.exec(path)?.[1] ?? []));
  }

  const lacksExtensions = !julia.isAtLeast(1, 9);

  it.skipIf(lacksExtensions)("of a registered package is compiled with it (needs Julia 1.9)", async () => {
    await build({ deps: ["Tally", "Colours"] });
    expect(await compiledNames()).toContain("TallyColoursExt");
    await expectPrinted(`import Tally, Colours; print(${label})`, "0/128/128");
  });

  it("whose trigger is not in the manifest is left out, and so is the trigger", async () => {
    await build({ deps: ["Tally"] });
    expect(await compiledNames()).toEqual(new Set(["Tally"]));
    await expectPrinted("import Tally; print(Tally.tally([1]))", 'Dict("1" => 1)');
  });

  it.skipIf(lacksExtensions)(
    "of packages that no direct dependency loads is compiled too (needs Julia 1.9)",
    async () => {
      await build({ deps: ["Lodger", "Greetings"] });
      expect(await compiledNames()).toContain("TallyColoursExt");
      await expectPrinted("import Lodger, Greetings; print(Lodger.count([1]))", 'Dict("1" => 1)');
    },
  );

  it.skipIf(lacksExtensions)(
    "whose triggers come together only through a folder beside the project (needs Julia 1.9)",
    async () => {
      const tables = `[deps]\nColours = "${UUIDS.Colours}"\n`;
      await build(withPaper(["Tally"], tables, { "src/Paper.jl": extended("Paper", "import Colours") }));
      await expectPrinted(
        `import Web; const Tally = Web.Tally; const Colours = Web.Paper.Colours; print(${label})`,
        "0/128/128",
      );
    },
  );

  it.skipIf(lacksExtensions)("of a folder beside the project (needs Julia 1.9)", async () => {
    const tables = `[weakdeps]\nColours = "${UUIDS.Colours}"\n[extensions]\nPaperColoursExt = "Colours"\n`;
    await build(
      withPaper(["Colours"], tables, {
        "src/Paper.jl": extended("Paper", ""),
        "ext/PaperColoursExt.jl": extension("Paper", "PaperColoursExt"),
      }),
    );
    const use = 'import Web; print(Web.Paper.mark(Web.Colours.NAMED["plum"]))';
    await expectPrinted(use, "PaperColoursExt");
  });

  it.skipIf(lacksExtensions)("of the project itself (needs Julia 1.9)", async () => {
    await build(
      {
        ...{ name: "Courier", uuid: uuidFor("Courier"), version: "0.1.0", deps: ["Greetings"] },
        tables: `[weakdeps]\nColours = "${UUIDS.Colours}"\n[extensions]\nCourierColoursExt = "Colours"\n`,
      },
      {
        "src/Courier.jl": extended("Courier", "import Greetings"),
        "ext/CourierColoursExt.jl": extension("Courier", "CourierColoursExt"),
      },
    );
    const use = 'import Courier; print(Courier.mark(Courier.Greetings.Colours.NAMED["plum"]))';
    await expectPrinted(use, "CourierColoursExt");
  });
});
