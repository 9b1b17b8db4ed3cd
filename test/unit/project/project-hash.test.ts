import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { projectHashes } from "../../../src/project/project-hash.ts";
import { readProjectFile } from "../../../src/project/read-project-file.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const other = "ade2ca70-3891-5945-98fb-dc099432e06a";

function hashes(text: string): readonly string[] | undefined {
  const project = readProjectFile({ name: "Project.toml", text }).value;
  const found = project && projectHashes(project);
  return found && [...found];
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

describe("the hash of a project", () => {
  const project = `[deps]\nExample = "${uuid}"\nDates = "${other}"\n[compat]\njulia = "1.6"\nExample = "~0.5.3"\n`;

  it("is computed as Julia 1.10, 1.11 and 1.12 do", () => {
    const deps = `Dates=${other}\nExample=${uuid}\n`;
    expect(hashes(project)).toEqual([
      sha1(`${deps}Example=0.5.3-0.5\njulia=1.6.0-1\n`),
      sha1(`${deps}Example=0.5.3 - 0.5\njulia=1.6.0 - 1\n`),
      sha1(`${deps}\n\nDates=*\nExample=0.5.3 - 0.5\n`),
    ]);
  });

  it("leaves weak dependencies out since Julia 1.11", () => {
    expect(hashes(`[deps]\nExample = "${uuid}"\n[weakdeps]\nExample = "${uuid}"\n`)).toEqual([
      sha1(`Example=${uuid}\n`),
      sha1(""),
      sha1(`\nExample=${uuid}\n\nExample=*\n`),
    ]);
  });

  it("does not depend on order and layout", () => {
    const reordered = `[compat]\nExample="~0.5.3"\njulia="1.6"\n[deps]\nDates = "${other}"\nExample = "${uuid}"\n`;
    expect(hashes(reordered)).toEqual(hashes(project));
  });

  it("is not known from one project of a workspace", () => {
    expect(hashes('[workspace]\nprojects = ["test"]\n')).toBeUndefined();
    expect(hashes('manifest = "../Manifest.toml"\n')).toBeUndefined();
  });
});
