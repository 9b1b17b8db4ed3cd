import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Any } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { isDetail, sourceDetail, subrequestDetail } from "../../../../src/buildkit/gateway/error-details.ts";
import { local, marshal } from "../../../../src/buildkit/llb/index.ts";

/** Details that BuildKit's Go library made: `<type url> <value>` on the indented lines. */
const golden = readFileSync(join(import.meta.dirname, "../../../golden/error-details.txt"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("   "))
  .map((line) => line.trim());
const text = ({ typeUrl, value }: Any) => `${typeUrl} ${Buffer.from(value).toString()}`;

it("a source's is what BuildKit writes, the file's own graph included", () => {
  const definition = marshal(local("dockerfile", { session: "s" }), {
    platform: { os: "linux", architecture: "amd64" },
  });
  const file = { filename: "Buildfile.jl", data: Buffer.from("a\nb\n"), language: "Julia", definition };
  const range = { start: { line: 2 }, end: { line: 2, character: 3 } };
  expect(text(sourceDetail({ file, ranges: [range] }))).toBe(golden[0]);
});

it("a source's needs neither a language nor a graph", () => {
  const file = { filename: "a.toml", data: Buffer.from("a\n") };
  const { value } = sourceDetail({ file, ranges: [{ start: { line: 1 }, end: { line: 1 } }] });
  expect(JSON.parse(Buffer.from(value).toString())).toEqual({
    info: { filename: "a.toml", data: "YQo=" },
    ranges: [{ start: { line: 1 }, end: { line: 1 } }],
  });
});

it("a subrequest's is what BuildKit writes", () => {
  expect(text(subrequestDetail("frontend.foo"))).toBe(golden[1]);
});

it("are told apart by their type", () => {
  const detail = subrequestDetail("frontend.foo");
  expect([isDetail(detail, "Subrequest"), isDetail(detail, "Source")]).toEqual([true, false]);
});
