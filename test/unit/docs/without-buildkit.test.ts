import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { contextFolder } from "../../../src/cli/files.ts";
import { formats } from "../../../src/cli/options.ts";
import { runTool } from "../../../src/cli/run-tool.ts";

const repository = resolve(import.meta.dirname, "../../..");
const page = readFileSync(resolve(repository, "docs/without-buildkit.md"), "utf8");

it("docs/without-buildkit.md shows the graph that its command draws", async () => {
  const example = resolve(repository, "examples/hello");
  const { exitCode, stdout } = await runTool(
    ["llb", "--format", "mermaid", "--platform", "linux/amd64", "--project", example],
    {
      readStdin: async () => readFileSync(resolve(example, "julia.toml"), "utf8"),
      openContext: (folder = "") => contextFolder(folder),
      platform: "linux/amd64",
    },
  );
  expect(exitCode).toBe(0);
  expect(/```mermaid\n(.*?)```/s.exec(page)?.[1]).toBe(stdout);
});

it("docs/without-buildkit.md names every command and format", () => {
  for (const [command, names] of Object.entries(formats)) {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${command}\` `));
    expect(names.filter((name) => !row?.includes(`\`${name}\``))).toEqual([]);
  }
});
