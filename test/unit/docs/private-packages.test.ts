import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../../docs/private-packages.md"), "utf8");
const specs = [...page.matchAll(/```toml\n(.*?)```/gs)].map(([, text = ""]) => text);

it("shows a spec for each way to get packages", () => {
  expect(specs).toHaveLength(4);
});

it.each(specs)("shows a spec without fault: %j", (text) => {
  expect(readSpec({ name: "julia.toml", text }).diagnostics).toEqual([]);
});
