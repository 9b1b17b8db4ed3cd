import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Key, KeyType } from "../../../src/buildfile/key.ts";
import { findRenamed } from "../../../src/buildfile/keys.ts";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { defaultCheck } from "../../../src/text/check-settings.ts";
import { expectSpansInside, summaries } from "./harness.ts";

function read(text: string) {
  return readSpec({ name: "julia.toml", text });
}

/** A spec with the warnings user-is-root (line 3 of these texts) and unused-arg. */
function withHead(head: string) {
  return `# syntax=registry.example.com/julia:1\n${head}\nuser = "root"\njulia = "1.11"\n[args]\nA = "x"\n`;
}

const root = "warning user-is-root: the image runs as root";
const unused = "warning unused-arg: the argument `A` is used nowhere";

describe("# check=", () => {
  it.each<readonly [head: string, expected: readonly string[]]>([
    ["", [`3:1 ${root}`, `6:1 ${unused}`]],
    ["# check=skip=user-is-root", [`6:1 ${unused}`]],
    ["#check=skip=user-is-root,unused-arg", []],
    ["#  CHECK = skip = user-is-root , unused-arg ;error=false", []],
    ["# check=skip=all", []],
    ["# check=skip=ALL;error=true", []],
    ["# check=error=true", [`3:1 ${root}`, `6:1 ${unused}`].map((line) => line.replace("warning", "error"))],
    ["# check=skip=unused-arg;error=true", [`3:1 ${root}`.replace("warning", "error")]],
    [
      "# check=skip=user-is-roto",
      ["2:9 warning invalid-check: there is no rule `user-is-roto`", `3:1 ${root}`, `6:1 ${unused}`],
    ],
    [
      "# check=skip=unknown-key,unused-arg",
      ["2:9 warning invalid-check: `unknown-key` finds errors, which cannot be skipped", `3:1 ${root}`],
    ],
    [
      "# check=eror=true",
      ["2:9 warning invalid-check: `eror=true` is no setting of a check", `3:1 ${root}`, `6:1 ${unused}`],
    ],
    ["# something else = 3", [`3:1 ${root}`, `6:1 ${unused}`]],
  ])("%s", (head, expected) => {
    const { spec, diagnostics } = read(withHead(head));
    expect(summaries(diagnostics)).toEqual(expected);
    expect(spec === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  });

  it("suggests the rule that was meant", () => {
    expect(read(withHead("# check=skip=user-is-roto")).diagnostics[0]?.suggestion).toBe(
      "did you mean `user-is-root`?",
    );
  });

  it("is heeded above the first key only", () => {
    expect(read('julia = "1.11"\nuser = "root"\n# check=skip=all\n').diagnostics).toHaveLength(1);
  });

  it("gives way to what the command line says", () => {
    const file = { name: "julia.toml", text: withHead("# check=skip=all") };
    expect(summaries(readSpec(file, new Map(), "skip=unused-arg;error=true").diagnostics)).toEqual([
      `3:1 ${root}`.replace("warning", "error"),
    ]);
    expect(summaries(readSpec(file, new Map(), "skip=x;skip=unused-arg,user-is-root").diagnostics)).toEqual([
      "- warning invalid-check: there is no rule `x`",
    ]);
  });

  it("is in the spec, for the checks of the project", () => {
    expect(read(withHead("# check=skip=unused-arg")).spec?.check).toEqual({
      skip: new Set(["unused-arg"]),
      error: false,
    });
    expect(read('julia = "1.11"').spec?.check).toEqual(defaultCheck);
  });

  it("never crashes, and points inside the file", () => {
    const part = fc.constantFrom(
      "#",
      " ",
      "check",
      "=",
      "skip",
      ",",
      ";",
      "all",
      "error",
      "true",
      "\n",
      "\r\n",
      "\ufeff",
      "syntax",
      ":99",
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { diagnostics } = read(parts.join(""));
        expect(diagnostics.map(({ rule }) => rule)).not.toContain("internal-error");
        expectSpansInside(diagnostics);
      }),
    );
  });
});

describe("the version of the spec", () => {
  it.each([
    "registry.example.com/julia:1",
    "registry.example.com:5000/julia:v1.2",
    "julia",
    "julia:latest",
    "julia:2024.1",
    "julia@sha256:0",
  ])("fits for %s", (image) => {
    expect(read(`# syntax=${image}\njulia = "1.11"`).diagnostics).toEqual([]);
  });

  it.each(["registry.example.com/julia:2", "julia:v2.1.0", "julia:3-rc1"])("is too new for %s", (image) => {
    const { spec, diagnostics } = read(`# syntax=${image}\njulia = "1.11"`);
    expect(spec).toBeUndefined();
    expect(summaries(diagnostics)).toEqual([
      expect.stringMatching(/^1:10 error spec-too-new: the spec is written for version [23] of /),
    ]);
  });
});

describe("keys of older versions of the spec", () => {
  const type: KeyType = { kind: "boolean" };
  const key: Key = { path: "depot.new", type, doc: "", example: "", since: 2 };

  it("are found by the path they had", () => {
    const table = [key, { ...key, path: "other", formerly: ["depot.old", "older"] }];
    expect(findRenamed("older", table)?.path).toBe("other");
    expect(findRenamed("depot.old", table)?.path).toBe("other");
    expect(findRenamed("other", table)).toBeUndefined();
  });

  it("that were never there are explained", () => {
    const { diagnostics } = read('version = "1.11"\njulia = "1.11"\n[deps]\n');
    expect(diagnostics.map(({ suggestion }) => suggestion)).toEqual([
      "the version of Julia is `julia`; that of the spec is the tag in the `# syntax=` line",
      "it belongs into Project.toml",
    ]);
  });
});
