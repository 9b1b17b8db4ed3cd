import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { definitionFromJson, type OperationJson } from "../../../src/buildkit/llb/definition-json.ts";
import { graphOf } from "../../../src/buildkit/llb/graph.ts";
import { drawMermaid } from "../../../src/cli/draw-graph.ts";
import { toolOutput } from "../../examples/tool.ts";
import { mainSteps } from "../../pictures/main-steps.ts";
import { screenOf } from "../../pictures/screen.ts";
import { terminalSvg } from "../../pictures/terminal-svg.ts";
import { columns, promptLine, shortened, terminalText } from "../../pictures/transcript.ts";

// `npx vitest run --project unit test/unit/docs --update` draws the pictures anew, and so does `npm run pictures`.
const repository = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(resolve(repository, path), "utf8");

/** The picture of a terminal in which this stands. */
async function picture(text: string, title: string): Promise<string> {
  return terminalSvg(shortened(await screenOf(text, columns)), columns, title);
}

describe("docs/pictures/demo.txt", () => {
  const transcript = read("docs/pictures/demo.txt");

  it("says what it was recorded with", () => {
    expect(transcript).toMatch(
      /^Recorded by `npm run pictures`: Julia \d\S+, Docker \d\S+, buildx v?\d\S*, on \d+ processors with a load of [\d.]+\.\n\n/,
    );
  });

  it("has the spec, two builds and two runs", () => {
    const text = stripVTControlCharacters(terminalText(transcript));
    const commands = [...text.matchAll(/^\$ (\w+(?: \w+){0,2})/gm)].map(([, command]) => command);
    expect(commands).toEqual([
      "cat julia",
      "docker buildx build",
      "docker run",
      "docker buildx build",
      "docker run",
    ]);
    expect(text).toMatch(/compiling \[1\/1\] Almanac/);
  });

  it("has no name of the machine that it was recorded on", () => {
    expect(transcript).not.toMatch(/127\.0\.0\.1|localhost|julia-frontend-demo|\/(?:tmp|home|root|work)\//);
  });

  it("is drawn in docs/pictures/demo.svg", async () => {
    const title = "A terminal: a spec of two lines is built and run; a dependency is added, built and run";
    await expect(await picture(terminalText(transcript), title)).toMatchFileSnapshot(
      "../../../docs/pictures/demo.svg",
    );
  });
});

it("docs/pictures/plan.svg shows the plan of examples/service", async () => {
  const command = 'docker run --rm -i -v "$PWD:/project:ro" registry.example.com/julia:1 plan < julia.toml';
  const plan = await toolOutput("service", "plan");
  const title = "A terminal: the plan of an image as a tree";
  await expect(await picture(`${promptLine(command)}\n${plan}`, title)).toMatchFileSnapshot(
    "../../../docs/pictures/plan.svg",
  );
});

describe("README.md", () => {
  const start = "<!-- Drawn by `npm run pictures` from the plan of examples/hello. -->";
  const end = "<!-- The end of what is drawn. -->";

  it("shows the graph of examples/hello", async () => {
    const operations: readonly OperationJson[] = JSON.parse(
      await toolOutput("hello", "llb", "--format", "json"),
    );
    const graph = drawMermaid(mainSteps(graphOf(definitionFromJson(operations))));
    const [before = "", rest = ""] = read("README.md").split(start, 2);
    const [, after = ""] = rest.split(end, 2);
    expect(after).not.toBe("");
    const page = `${before}${start}\n\n\`\`\`mermaid\n${graph}\`\`\`\n\n${end}${after}`;
    await expect(page).toMatchFileSnapshot("../../../README.md");
  });

  it("begins with the spec, the picture, what it does, the graph and the figures", () => {
    const parts = [
      "```toml\n",
      "(docs/pictures/demo.svg)",
      "The image holds",
      "```mermaid\n",
      "<!-- Written by `npm run bench:all`. -->",
      "\n## ",
    ];
    const places = parts.map((part) => read("README.md").indexOf(part));
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(places).not.toContain(-1);
  });
});
