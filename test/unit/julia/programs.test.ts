import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseTar } from "nanotar";
import { describe, expect, it } from "vitest";
import {
  applicationArchive,
  dependencyArchive,
  developmentArchive,
  reductionArchive,
  testArchive,
} from "../../../src/julia/archives.ts";
import {
  applicationPrograms,
  dependencyPrograms,
  developmentPrograms,
  reductionPrograms,
  testPrograms,
} from "../../../src/julia/programs.ts";
import { withoutDocumentation } from "../../../src/julia/without-documentation.ts";

const folder = join(import.meta.dirname, "../../../src/julia");
const read = (path: string) => readFileSync(join(folder, path), "utf8");

const all = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".jl"));

/** A program, what it includes and what it starts, and so on. Each include stands on a line of its own with a path in quotes. */
function neededBy(path: string, found = new Set<string>()): ReadonlySet<string> {
  if (!found.has(path)) {
    found.add(path);
    const lines = read(path).split("\n");
    const included = lines.flatMap(
      (line) => /^(?:.* (?:&&|\|\|) )?include\("([^"$]+)"\)$/.exec(line)?.[1] ?? [],
    );
    const started = lines.flatMap((line) => /\bprogram\("([^"]+)"\)/.exec(line)?.[1] ?? []);
    for (const other of included) neededBy(posix.join(posix.dirname(path), other), found);
    // What is started lies beside the program that the process began with.
    for (const other of started) neededBy(posix.join("steps", other), found);
  }
  return found;
}

describe.each([
  ["dependencies", dependencyPrograms, dependencyArchive],
  ["application", applicationPrograms, applicationArchive],
  ["reduce_julia", reductionPrograms, reductionArchive],
  ["tests", testPrograms, testArchive],
  ["development", developmentPrograms, developmentArchive],
])("the programs of the step %s", (name, programs, archive) => {
  it("are what the one that is started needs, and nothing else", () => {
    expect([...programs.keys()].sort()).toEqual([...neededBy(`steps/${name}.jl`)].sort());
  });

  it("are those of this folder", () => {
    for (const [path, text] of programs) expect(text).toBe(read(path));
  });

  it("are in its archive with their folders, root's and of one time", () => {
    const tar = gunzipSync(Buffer.from(archive.base64, "base64"));
    const entries = parseTar(new Uint8Array(tar));
    const files = entries.filter(({ type }) => type === "file");
    const packed = [...programs].map(([path, text]) => [path, withoutDocumentation(text)] as const);
    expect(new Map(files.map(({ name: path, text }) => [path, text]))).toEqual(new Map(packed));
    const folders = entries.filter(({ type }) => type === "directory").map(({ name: path }) => path);
    expect(folders.sort()).toEqual(["lib/", "steps/"]);
    for (const { attrs } of entries) expect(attrs).toMatchObject({ uid: 0, gid: 0, mtime: 0 });
    expect(archive.digest).toBe(`sha256:${createHash("sha256").update(tar).digest("hex")}`);
  });
});

describe("a program without its documentation", () => {
  const documented = `# What it is for.

"What it does."
f(x) = x # Why.

"""
What it does,

    "at length".
"""
g(x) = """
    # Not a comment.
    "text"
    """
`;

  it("has the same lines but for what nobody runs", () => {
    expect(withoutDocumentation(documented)).toBe(
      `${"\n".repeat(3)}f(x) = x # Why.\n${"\n".repeat(6)}g(x) = """\n    # Not a comment.\n    "text"\n    """\n`,
    );
  });

  // That Julia reads the same is tested with Julia, in test/e2e/julia-programs.test.ts.
  it.each(all)("%s: every line that is left is where it was", (path) => {
    const before = read(path).split("\n");
    const after = withoutDocumentation(read(path)).split("\n");
    expect(after).toHaveLength(before.length);
    expect(after.filter((line, index) => line !== "" && line !== before[index])).toEqual([]);
    expect(after.filter((line) => /^["#]/.test(line))).toEqual([]);
  });
});

it("every program is one of a step, and every include is one that the test above sees", () => {
  const steps = [
    dependencyPrograms,
    applicationPrograms,
    reductionPrograms,
    testPrograms,
    developmentPrograms,
  ];
  const shipped = steps.flatMap((programs) => [...programs.keys()]);
  expect(all.filter((path) => !shipped.includes(path))).toEqual([]);
  const others = all.filter((path) => /^[ \t]+include\(|^for .*include/m.test(read(path)));
  expect(others).toEqual([]);
});
