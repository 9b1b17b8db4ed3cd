import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { schemaUrl } from "../../../src/text/product.ts";
import { type OpenDocument, type Settings, Taplo } from "../../editors/taplo.ts";
import { exampleNames, readExample } from "../../examples/case.ts";

const repository = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(resolve(repository, path), "utf8");
const page = read("docs/editors.md");
const catalog = "https://www.schemastore.org/api/json/catalog.json";

/** What is on the web, by its address. */
const web = new Map([[schemaUrl, read("schema/julia.schema.json")]]);

/** Taplo asks by `fetch`, and reads the address of the answer. */
async function fetchFromWeb({ url }: Request): Promise<Response> {
  const text = web.get(url);
  const response = new Response(text ?? "", { status: text === undefined ? 404 : 200 });
  return Object.defineProperty(response, "url", { value: url });
}

/** Settings as they stand in settings.json, in the tree that the extension hands on. */
function settingsFrom(json: string): Settings {
  const associations = JSON.parse(json)["evenBetterToml.schema.associations"];
  return { schema: { enabled: true, catalogs: [], associations } };
}

/** Starting the server takes seconds: it is compiled first. */
const slow = 120_000;
let editor: Taplo;

async function start(settings: Settings): Promise<void> {
  editor = await Taplo.start(resolve(repository, "examples"), settings);
}

beforeAll(() => void vi.stubGlobal("fetch", fetchFromWeb));
afterAll(() => void vi.unstubAllGlobals());
afterEach(() => editor.stop());

describe("docs/editors.md: with its settings, the language server of Even Better TOML", () => {
  const [, settings = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
  beforeEach(() => start(settingsFrom(settings)), slow);

  it("finds nothing wrong with the examples", { timeout: slow }, async () => {
    for (const name of exampleNames) {
      const { problems } = await editor.open(`${name}/julia.toml`, readExample(name, "julia.toml"));
      expect(problems, name).toEqual([]);
    }
  });

  it("takes a spec of another name for one, and no other file", { timeout: slow }, async () => {
    const problemsOf = async (name: string) => (await editor.open(name, "julia = 1.12")).problems;
    expect(await problemsOf("gpu.julia.toml")).toHaveLength(1);
    expect(await problemsOf("notjulia.toml")).toEqual([]);
    expect(await problemsOf("Project.toml")).toEqual([]);
  });

  it("marks what is wrong", { timeout: slow }, async () => {
    const { problems } = await editor.open(
      "julia.toml",
      `julia = 1.12
main = "../main.jl*"
[depot]
pth = "/x"
max-unused-days = 4000
[precompile]
strict = "true"
[packages]
apt = "git"
[registries]
name = "Team"
`,
    );
    const marked = problems.map((line) => line.replace(/( does not match) .*/, "$1")).toSorted();
    expect(marked).toEqual([
      '10:2 {"name":"Team"} is not of type "array"',
      '1:1 1.12 is not of type "string"',
      '2:1 "../main.jl*" does not match',
      "3:2 Additional properties are not allowed ('pth' was unexpected)",
      "5:1 4000 is not valid under any of the schemas listed in the 'anyOf' keyword",
      "7:1 \"true\" is not valid under any of the schemas listed in the 'anyOf' keyword",
      '9:1 "git" is not of type "array"',
    ]);
    expect(page).toContain('`1.12 is not of type "string"`');
    expect(page).toContain("`Additional properties are not allowed ('pth' was unexpected)`");
  });

  describe("in a spec", () => {
    let document: OpenDocument;
    beforeEach(async () => {
      document = await editor.open("julia.toml", 'julia = "1.12"\n\n[image]\n\n');
    }, slow);

    it("shows what a key means and where more is said", { timeout: slow }, async () => {
      const hover = await document.hover({ line: 0, character: 2 });
      expect(hover).toMatch(/^Version of Julia\. .*\nhttps:\/\/\S+\/docs\/reference\.md#julia$/s);
      expect(await document.hover({ line: 2, character: 2 })).toMatch(/^What the image is based on/);
    });

    it("offers the keys that may stand at a place", { timeout: slow }, async () => {
      const atTop = await document.complete({ line: 1, character: 0 });
      const labels = atTop.map(({ label }) => label);
      expect(labels).toEqual(expect.arrayContaining(["base", "main", "user", "depot.cache-id"]));
      expect(labels.filter((label) => label === "base")).toHaveLength(1);
      expect(labels).not.toContain("julia");
      const user = atTop.find(({ label }) => label === "user");
      expect(user?.documentation).toContain("User of the image");
      // A placeholder of the editor's, with the default in it.
      expect(user?.inserted).toBe('user = ${0:"1000:1000"}');
      const inImage = (await document.complete({ line: 3, character: 0 })).map(({ label }) => label);
      expect(inImage).toEqual(expect.arrayContaining(["entrypoint", "healthcheck", "workdir"]));
      expect(inImage).not.toContain("main");
    });
  });
});

describe("docs/editors.md: without settings, the language server", () => {
  beforeEach(() => start({ schema: { enabled: true, catalogs: [] } }), slow);

  it("follows the directive of the page", { timeout: slow }, async () => {
    const [, spec = ""] = /```toml\n(.*?)```/s.exec(page) ?? [];
    const text = spec.replace(/^ {3}/gm, "");
    expect((await editor.open("julia.toml", text)).problems).toEqual([]);
    const { problems } = await editor.open("julia.toml", text.replace('"1.12"', "1.12"));
    expect(problems).toEqual(['4:1 1.12 is not of type "string"']);
  });

  it("follows a directive that names a file", { timeout: slow }, async () => {
    const text = "# syntax=julia\n#:schema ../schema/julia.schema.json\njulia = 1.12\n";
    expect((await editor.open("julia.toml", text)).problems).toHaveLength(1);
    expect((await editor.open("julia.toml", text.replace(/^#:.*\n/m, ""))).problems).toEqual([]);
  });
});

describe("docs/editors.md: with a file in its settings, the language server", () => {
  it.each([
    ["an address", pathToFileURL(resolve(repository, "schema/julia.schema.json")).href, 1],
    // Relative to the folder above the one that is open, which is examples/.
    ["a path from the folder above", "./schema/julia.schema.json", 1],
    ["a path from the folder itself", "./../schema/julia.schema.json", 0],
  ])("that is %s", { timeout: slow }, async (_title, file, count) => {
    await start({ schema: { enabled: true, catalogs: [], associations: { "/julia\\.toml$": file } } });
    expect((await editor.open("julia.toml", "julia = 1.12")).problems).toHaveLength(count);
  });
});

describe("docs/editors.md: with SchemaStore's catalog, the language server", () => {
  const entry = JSON.parse(read("schema/schemastore-entry.json"));
  const catalogOf = (host: string) =>
    JSON.stringify({ $schema: `https://${host}/schema-catalog.json`, version: 1, schemas: [entry] });
  const names = ["julia.toml", "hello/julia.toml", "gpu.julia.toml", "Project.toml"];

  it.each([
    ["as it was, finds the schema by the name of a file", "json.schemastore.org", [1, 1, 1, 0]],
    ["as it is, finds none", "www.schemastore.org", [0, 0, 0, 0]],
  ])("%s", { timeout: slow }, async (_title, host, counts) => {
    web.set(catalog, catalogOf(host));
    await start({ schema: { enabled: true, catalogs: [catalog] } });
    for (const [index, name] of names.entries()) {
      expect((await editor.open(name, "julia = 1.12")).problems, name).toHaveLength(counts[index] ?? 0);
    }
  });
});
