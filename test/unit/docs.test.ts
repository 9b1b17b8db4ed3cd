import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { bigPageOf } from "../../bench/big/page.ts";
import { pageOf } from "../../bench/comparison/page.ts";
import { withReadmePlot } from "../../bench/comparison/readme.ts";
import { readSpec } from "../../src/buildfile/read-spec.ts";
import { exampleNames, realExampleNames } from "../examples/case.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const inDocs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const examples = [...exampleNames, ...realExampleNames].map((name) => `examples/${name}/README.md`);
const pages = ["README.md", ...inDocs.map((name) => `docs/${name}`), "examples/README.md", ...examples];
const specKeys = [
  ...["julia", "base", "project", "path", "main", "user", "env.TZ", "packages.apt", "packages.build-apt"],
  ...["depot.path", "depot.cache-id", "pkg.server", "precompile.cpu-target", "precompile.strict"],
];

describe.each(pages)("%s", (page) => {
  it("links only to files that exist", () => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, target]) => target ?? "",
    );
    const missing = links.filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  // Without -f, BuildKit looks for a Dockerfile.
  it("names the file in each command that builds", () => {
    const commands = [...read(page).matchAll(/^\$ docker buildx build (?:.*\\\n)*.*$/gm)].map(
      ([text]) => text,
    );
    expect(commands.filter((command) => !/ -f \S|[ -]f=\S/.test(command))).toEqual([]);
  });
});

const readJson = (path: string) => JSON.parse(read(path));

const results = readJson("docs/benchmarks/results.json");

describe.each([
  ["docs/benchmarks.md", () => pageOf(results)],
  ["docs/big-projects.md", () => bigPageOf(readJson("docs/benchmarks/big-projects.json"))],
])("%s", (page, written) => {
  it("is what is written of the last benchmark", () => {
    expect(read(page)).toBe(written());
  });

  it("shows pictures that exist", () => {
    const pictures = [...read(page).matchAll(/(?:src|srcset)="([^"]+)"/g)];
    const missing = pictures.filter(([, path = ""]) => !existsSync(join(root, "docs", path)));
    expect(missing.map(([, path]) => path)).toEqual([]);
  });
});

describe("README.md", () => {
  const specs = [...read("README.md").matchAll(/```toml\n(.*?)```/gs)].map(([, text]) => text ?? "");

  it("shows specs without fault", () => {
    expect(specs).toHaveLength(2);
    for (const text of specs) {
      expect(readSpec({ name: "julia.toml", text }, new Map()).diagnostics).toEqual([]);
    }
  });

  it("shows every common key", () => {
    const { spec } = readSpec({ name: "julia.toml", text: specs[1] ?? "" }, new Map());
    expect([...(spec?.spans.keys() ?? [])]).toEqual(expect.arrayContaining(specKeys));
  });

  it("has the plot of the last benchmark", () => {
    expect(withReadmePlot(read("README.md"), results)).toBe(read("README.md"));
  });
});
