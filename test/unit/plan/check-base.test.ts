import { expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { checkBase, checkSmallBase } from "../../../src/plan/check-base.ts";
import { summaries } from "../buildfile/harness.ts";

const found = (text: string, env: readonly string[]) => {
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text });
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics));
  return summaries(checkBase(spec, { os: "linux", architecture: "amd64", config: { Env: env } }));
};
const text = 'base = "registry.example.com/julia:ours"\n[run]\nheap-size-hint = "2G"\n';

it("finds keys that the Julia of a base image does not know", () => {
  expect(found(text, ["JULIA_VERSION=1.5.3"])).toEqual([
    "3:1 error key-needs-newer-julia: `run.heap-size-hint` has no effect in Julia `1.5.3`",
  ]);
  expect(found(text, ["JULIA_VERSION=1.12.5"])).toEqual([]);
});

it("says nothing of a base image that does not name its Julia", () => {
  expect(found(text, [])).toEqual([]);
});

it("refuses triggers of a small base at its own line", () => {
  const { spec } = readSpec({
    name: "julia.toml",
    text: 'julia = "1.12"\n[image]\nbase = "debian:trixie"\n',
  });
  if (spec === undefined) throw new Error("the spec is right");
  const base = { os: "linux", architecture: "amd64", config: { OnBuild: ["RUN true"] } };
  expect(summaries(checkSmallBase(spec, base))).toEqual([expect.stringMatching(/^3:1 error onbuild-base/)]);
});
