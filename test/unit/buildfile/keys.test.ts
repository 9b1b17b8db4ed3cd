import { describe, expect, it } from "vitest";
import { keys } from "../../../src/buildfile/keys.ts";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { summaries } from "./harness.ts";
import { expectSchemaToAgree } from "./schema-agreement.ts";

describe("the table of keys", () => {
  it("names each key once", () => {
    const paths = keys.map((key) => key.path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each(keys.map((key) => [key.path, key] as const))("has a right example for %s", (path, key) => {
    const julia = path === "julia" || path === "base" ? "" : 'julia = "1.12"\n';
    const { spec, diagnostics } = readSpec({ name: "julia.toml", text: julia + key.example });
    expect(summaries(diagnostics).filter((line) => !line.includes("unused-arg"))).toEqual([]);
    expect(spec?.spans.has(path)).toBe(true);
    expectSchemaToAgree(julia + key.example, diagnostics);
  });

  it.each(keys.map((key) => [key.path, key] as const))("documents %s in whole sentences", (_path, key) => {
    expect(key.doc).toMatch(/^[A-Z].*\.$/);
  });

  it.each(keys.filter((key) => key.default !== undefined).map((key) => [key.path, key] as const))(
    "has a default of the right type for %s",
    (_path, { type, default: value }) => {
      const types = {
        string: "string",
        choice: "string",
        integer: "number",
        boolean: "boolean",
        list: "object",
      };
      expect(typeof value).toBe(types[type.kind as keyof typeof types]);
      if (type.kind === "string") {
        expect(String(value)).toMatch(type.format.pattern);
      }
    },
  );
});
