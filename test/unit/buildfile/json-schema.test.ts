import { describe, expect, it } from "vitest";
import { type JsonSchema, specSchema } from "../../../src/buildfile/json-schema.ts";
import { keys } from "../../../src/buildfile/keys.ts";

const schema = specSchema();

/** The schema at a path of keys. */
function at(path: string): JsonSchema | undefined {
  return path.split(".").reduce<JsonSchema | undefined>((inside, name) => inside?.properties?.[name], schema);
}

function everySchema(inside: JsonSchema): readonly JsonSchema[] {
  const inner = [
    ...Object.values(inside.properties ?? {}),
    ...(inside.anyOf ?? []),
    ...[inside.items, inside.propertyNames, inside.additionalProperties].filter(
      (member) => typeof member === "object",
    ),
  ];
  return [inside, ...inner.flatMap(everySchema)];
}

describe("the JSON Schema", () => {
  it.each(keys.map((key) => [key.path, key] as const))("has %s", (path, key) => {
    expect(at(path)?.description).toBe(key.doc);
  });

  it("allows no other keys, in any section", () => {
    const objects = everySchema(schema).filter((inside) => inside.properties !== undefined);
    expect(objects.length).toBeGreaterThan(3);
    expect(objects.filter((inside) => inside.additionalProperties !== false)).toEqual([]);
  });

  it.each([
    ["julia", "1.11", true],
    ["julia", "${JULIA}", true],
    ["julia", "v1.11", false],
    ["pkg.server", "https://pkg.example.com", true],
    ["pkg.server", "https://[::1]:8080", true],
    ["pkg.server", "pkg.example.com", false],
    ["base", "registry.example.com/julia:1.11", true],
    ["base", "[::1]:5000/julia", true],
    ["base", "Julia", false],
  ])("has a pattern for %s that takes %s: %s", (path, value, taken) => {
    expect(new RegExp(at(path)?.pattern ?? "", "u").test(value)).toBe(taken);
  });

  it("has no character class inside another, which Rust's expressions would take for one", () => {
    const patterns = everySchema(schema).flatMap(({ pattern }) => pattern ?? []);
    const nested = /(?<!\\)\[(?:\\.|[^\]\\])*?(?<!\\)\[/;
    expect(nested.test("[a[b]")).toBe(true);
    expect(patterns.filter((pattern) => nested.test(pattern))).toEqual([]);
  });
});
