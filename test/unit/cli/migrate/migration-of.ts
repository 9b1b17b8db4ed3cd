import { expect } from "vitest";
import { readSpec } from "../../../../src/buildfile/read-spec.ts";
import type { Spec } from "../../../../src/buildfile/spec.ts";
import { runMigrate } from "../../../../src/cli/migrate/run-migrate.ts";
import { type Files, folderOf } from "../memory-folder.ts";

export const example = "7876af07-990d-54b4-ab0e-23690620f79a";
export const project = `name = "App"\nuuid = "10000000-0000-0000-0000-000000000000"\n[deps]\nExample = "${example}"\n`;

const sections = {
  needless: "Not needed any more:",
  leftOver: "Not carried over, for you to do:",
  checked: "What `check` says of it:",
} as const;

/** What a Dockerfile becomes beside a project, and what is said of it. */
export async function migrationOf(dockerfile: string, files: Files = { "Project.toml": project }) {
  const folder = folderOf({ ...files, Dockerfile: dockerfile });
  const { exitCode, stdout, stderr } = await runMigrate(["--print"], folder);
  expect({ exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ exitCode: 0, stderr: "" });
  const text = stdout.toString();
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const part = (heading: string) => {
    const [, behind = ""] = stderr.split(`${heading}\n`);
    const lines = behind.split("\n");
    return lines
      .slice(
        0,
        lines.findIndex((line) => !line.startsWith("  ")),
      )
      .map((line) => line.trim());
  };
  return {
    text,
    spec: spec as Spec,
    account: stderr,
    needless: part(sections.needless),
    leftOver: part(sections.leftOver),
    checked: part(sections.checked),
  };
}
