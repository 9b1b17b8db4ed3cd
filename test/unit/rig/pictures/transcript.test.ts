import { expect, it } from "vitest";
import { screenOf, textOf } from "../../../pictures/screen.ts";
import {
  columns,
  lineToText,
  promptLine,
  remarkLine,
  shortened,
  terminalText,
  transcriptText,
} from "../../../pictures/transcript.ts";

/** What a picture shows of these lines. */
async function picture(lines: readonly string[]): Promise<readonly string[]> {
  return shortened(await screenOf(lines.join("\n"), columns)).map(textOf);
}

it("writes what a terminal shows as text that shows the same", async () => {
  const text = "\u001b[1;34ma\u001b[0m  b\u001b[91mc\u001b[0m\n\nd";
  const lines = await screenOf(text, columns);
  expect(await screenOf(lines.map(lineToText).join("\n"), columns)).toEqual(lines);
  expect(terminalText(transcriptText("Julia 1", lines.map(lineToText)))).toBe(`${text}\n`);
});

it("shows of a build the steps with a name, and says how many lines are left out", async () => {
  const log = [
    "[+] Building 9.1s (5/5) FINISHED",
    " => [internal] load spec from julia.toml     0.1s",
    " => => transferring context: 2kB             0.0s",
    " => [depot] install and precompile 6 packages  8s",
    " => CACHED [app] copy Hello                  0.0s",
    " => exporting to image                       0.1s",
  ];
  const prompt = promptLine("docker buildx build -f julia.toml .");
  expect(await picture([prompt, ...log, "", promptLine("ls"), " => exporting"])).toEqual([
    "$ docker buildx build -f julia.toml .",
    "[+] Building 9.1s (5/5) FINISHED",
    " ⋮ 2 lines",
    " => [depot] install and precompile 6 packages  8s",
    " => CACHED [app] copy Hello                  0.0s",
    " ⋮ 1 line",
    "",
    "$ ls",
    " => exporting",
  ]);
});

it("shows of a log of plain progress what the steps print that run Julia", async () => {
  const log = [
    "#1 [internal] load spec from julia.toml",
    "#1 DONE 0.1s",
    "#2 [depot] install and precompile 7 packages",
    "#2 0.412   compiling [1/1] Almanac",
    "#2 0.912   package      version       source  artifacts  compiled",
    "#2 0.912   Almanac      1.1.0          492 B          -     15 kB",
    "#2 0.912   total        7 packages    4.7 kB       67 B    292 kB",
    "#2 DONE 2.0s",
    "",
    "#3 [app] copy Hello",
    "#3 CACHED",
    "",
  ];
  const prompt = promptLine("docker buildx build --progress=plain -f julia.toml .");
  expect(await picture([remarkLine("Again"), prompt, ...log, promptLine("docker run hello")])).toEqual([
    "# Again",
    "$ docker buildx build --progress=plain -f julia.toml .",
    " ⋮ 2 lines",
    "#2 [depot] install and precompile 7 packages",
    "#2 0.412   compiling [1/1] Almanac",
    " ⋮ 3 lines",
    "#2 DONE 2.0s",
    " ⋮ 2 lines",
    "",
    "$ docker run hello",
  ]);
});

it("ends a line that is too long with a mark", async () => {
  const [line = ""] = await picture([`\u001b[34m${"x".repeat(60)}\u001b[0m${"y".repeat(60)}`]);
  expect(line).toBe(`${"x".repeat(60)}${"y".repeat(columns - 61)}…`);
});
