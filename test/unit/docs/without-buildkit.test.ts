import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { formats } from "../../../src/cli/tool-options.ts";
import { toolOutput } from "../../examples/tool.ts";

const repository = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(resolve(repository, path), "utf8");

/** docs/graph-of-a-build.md around a graph. */
function graphPage(graph: string): string {
  return `${[
    "<!-- Written by `npx vitest run --project unit test/unit/docs --update`. -->",
    "# The graph of a build",
    "This is what BuildKit gets for [examples/hello](../examples/hello). A thick line leads from a file system to the step that continues it, a thin one to a step that takes something from it. It was drawn by",
    '```console\n$ docker run --rm -i -v "$PWD/examples/hello:/project:ro" registry.example.com/julia:1 llb --format mermaid --platform linux/amd64 < examples/hello/julia.toml\n```',
    `\`\`\`mermaid\n${graph}\`\`\``,
  ].join("\n\n")}\n`;
}

it("docs/graph-of-a-build.md shows the graph that its command draws", async () => {
  const graph = await toolOutput("hello", "llb", "--format", "mermaid");
  await expect(graphPage(graph)).toMatchFileSnapshot("../../../docs/graph-of-a-build.md");
});

it("docs/without-buildkit.md names every command and format", () => {
  const lines = read("docs/without-buildkit.md").split("\n");
  for (const [command, names] of Object.entries(formats)) {
    const row = lines.find((line) => line.startsWith(`| \`${command}\` `));
    expect(names.filter((name) => !row?.includes(`\`${name}\``))).toEqual([]);
  }
});
