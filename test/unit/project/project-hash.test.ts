import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ProjectFile } from "../../../src/project/project.ts";
import { projectHashes } from "../../../src/project/project-hash.ts";
import { type ProjectTexts, readProject } from "../../../src/project/read-project.ts";
import { readProjectFile } from "../../../src/project/read-project-file.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const other = "ade2ca70-3891-5945-98fb-dc099432e06a";
const own = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";

interface Options {
  /** That made the manifest. */
  readonly julia?: string;
  readonly inherited?: ProjectTexts["inherited"];
  readonly entries?: string;
}

function hashes(text: string, { julia, inherited = [], entries = "" }: Options = {}) {
  const made = julia === undefined ? "" : `julia_version = "${julia}"\n`;
  const { value } = readProject({
    // Whether the entries are complete is the business of a rule.
    projectFile: { name: "Project.toml", text },
    manifest: {
      name: "Manifest.toml",
      text: `${made}manifest_format = "2.0"\n${entriesFor(text)}${entries}`,
    },
    inherited,
  });
  const found = value && projectHashes(value);
  return found && [...found];
}

/** An entry for each dependency, so that the project can be read. */
function entriesFor(project: string): string {
  return [
    ["Example", uuid],
    ["Dates", other],
  ]
    .filter(([name = ""]) => project.includes(name))
    .map(([name, id]) => `[[deps.${name}]]\nuuid = "${id}"\nversion = "1.11.0"\n`)
    .join("");
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

describe("the hash of a project", () => {
  const project = `[deps]\nExample = "${uuid}"\nDates = "${other}"\n[compat]\njulia = "1.6"\nExample = "~0.5.3"\n`;
  const deps = `Dates=${other}\nExample=${uuid}\n`;
  const narrow = sha1(`${deps}Example=0.5.3-0.5\njulia=1.6.0-1\n`);
  const wide = sha1(`${deps}Example=0.5.3 - 0.5\njulia=1.6.0 - 1\n`);
  const workspace = sha1(`${deps}\n\nDates=*\nExample=0.5.3 - 0.5\n`);
  const withoutBounds = sha1(`${deps}\n\nDates=*\nExample=*\n`);

  it.each([
    ["1.8.5", [narrow, wide, workspace, withoutBounds]],
    ["1.10.4", [narrow, wide, workspace, withoutBounds]],
    ["1.11.2", [wide, workspace, withoutBounds]],
    ["1.12.0-DEV", [wide, workspace, withoutBounds]],
    ["1.12.4", [workspace, withoutBounds]],
    ["1.13.0", [withoutBounds]],
  ])("is computed as the Julia that made the manifest does, %s, or a newer one", (julia, expected) => {
    expect(hashes(project, { julia })).toEqual(expected);
  });

  it("leaves out bounds that the standard library of Julia 1.13 is not in", () => {
    const bounded = (bound: string) =>
      hashes(`[deps]\nDates = "${other}"\n[compat]\nDates = "${bound}"\n`, { julia: "1.13.0" });
    expect(bounded("1")).toEqual([sha1(`Dates=${other}\n\n\nDates=1.0.0 - 1\n`.replace("1.0.0 - 1", "1"))]);
    expect(bounded("1.10, 1.11")).toEqual([sha1(`Dates=${other}\n\n\nDates=1.10.0 - 1\n`)]);
    expect(bounded("< 1.11")).toEqual([sha1(`Dates=${other}\n\n\nDates=*\n`)]);
  });

  it("leaves weak dependencies out since Julia 1.9", () => {
    const weak = `[deps]\nExample = "${uuid}"\n[weakdeps]\nExample = "${uuid}"\n[compat]\nExample = "0.5.3"\n`;
    const since112 = sha1(`\nExample=${uuid}\n\nExample=0.5.3 - 0.5\n`);
    expect(hashes(weak, { julia: "1.8.0" })).toContain(sha1(`Example=${uuid}\nExample=0.5.3-0.5\n`));
    expect(hashes(weak, { julia: "1.9.0" })).toEqual([
      sha1("Example=0.5.3-0.5\n"),
      sha1("Example=0.5.3 - 0.5\n"),
      since112,
    ]);
    expect(hashes(weak, { julia: "1.13.0" })).toEqual([since112]);
  });

  it("has the project itself in it since Julia 1.12, if that is a package", () => {
    const named = `name = "Widget"\nuuid = "${own}"\n[deps]\nExample = "${uuid}"\n[compat]\nExample = "0.5"\njulia = "1.12"\n`;
    expect(hashes(named, { julia: "1.12.2" })).toContain(
      sha1(
        `Example=${uuid}\nWidget=${own}\n\n\nExample=0.5\nWidget=*\n`
          .replace("0.5\n", "0.5.0 - 0.5\n")
          .replace("0.5.0 - 0.5", "0.5"),
      ),
    );
  });

  it("does not depend on order and layout", () => {
    const reordered = `[compat]\nExample="~0.5.3"\njulia="1.6"\n[deps]\nDates = "${other}"\nExample = "${uuid}"\n`;
    expect(hashes(reordered)).toEqual(hashes(project));
  });

  it("is not known from one project of a workspace", () => {
    const root = readProjectFile({ name: "Project.toml", text: "" }).value as ProjectFile;
    expect(hashes('[workspace]\nprojects = ["test"]\n')).toBeUndefined();
    expect(hashes("", { inherited: [{ projectFile: root, localPreferences: {} }] })).toBeUndefined();
    expect(hashes('manifest = "../Manifest.toml"\n')).toBeUndefined();
  });
});
