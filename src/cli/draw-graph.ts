import type { Graph, Step } from "../buildkit/llb/graph.ts";

type Kind = Step["kind"];

/** Shapes of Graphviz. */
const dotShapes: Readonly<Record<Kind, string>> = {
  source: "cylinder",
  exec: "box",
  file: "note",
  merge: "hexagon",
  diff: "hexagon",
  build: "box",
};

/** What stands around a label in Mermaid. */
const mermaidBrackets: Readonly<Record<Kind, readonly [open: string, close: string]>> = {
  source: ["[(", ")]"],
  exec: ["[", "]"],
  file: ["(", ")"],
  merge: ["{{", "}}"],
  diff: ["{{", "}}"],
  build: ["[", "]"],
};

/** The graph in the language of Graphviz: `dot -Tsvg`. What a step needs is above it; a thick line is its file system. */
export function drawDot(graph: Graph): string {
  const nodes = numbered(graph).map(
    ([id, { kind, name }]) => `  ${id} [shape=${dotShapes[kind]}, label=${JSON.stringify(name)}];`,
  );
  const edges = edgesOf(graph).map(
    ({ from, to, isBase }) => `  ${from} -> ${to}${isBase ? " [penwidth=2]" : ""};`,
  );
  return `${["digraph build {", "  node [fontname=sans];", ...nodes, ...edges, "}"].join("\n")}\n`;
}

/** The graph in the language of Mermaid, which Markdown pages can show. */
export function drawMermaid(graph: Graph): string {
  const nodes = numbered(graph).map(([id, { kind, name }]) => {
    const [open, close] = mermaidBrackets[kind];
    return `  ${id}${open}"${escapeLabel(name)}"${close}`;
  });
  const edges = edgesOf(graph).map(({ from, to, isBase }) => `  ${from} ${isBase ? "==>" : "-->"} ${to}`);
  return `${["flowchart TD", ...nodes, ...edges].join("\n")}\n`;
}

/** Mermaid writes characters that mean something as `#name;` or `#number;`. */
function escapeLabel(text: string): string {
  return text.replace(/[#"&<>]/g, (character) => `#${character.charCodeAt(0)};`);
}

function numbered({ steps }: Graph): readonly (readonly [id: string, step: Step])[] {
  return steps.map((step, index) => [`s${index + 1}`, step]);
}

function edgesOf(graph: Graph) {
  const ids = new Map(numbered(graph).map(([id, { digest }]) => [digest, id]));
  return numbered(graph).flatMap(([to, { inputs, base }]) =>
    inputs.map((input) => ({ from: ids.get(input) ?? "", to, isBase: input === base })),
  );
}
