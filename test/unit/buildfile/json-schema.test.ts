import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type JsonSchema, specSchema } from "../../../src/buildfile/json-schema.ts";
import { keys } from "../../../src/buildfile/keys.ts";
import { sectionDocs } from "../../../src/buildfile/sections.ts";
import { keyPage } from "../../../src/text/product.ts";

const schema = specSchema();

/** The schema at a path of keys. */
function at(path: string): JsonSchema | undefined {
  return path.split(".").reduce<JsonSchema | undefined>((inside, name) => {
    const inner = inside?.properties?.[name];
    return inner === true ? undefined : inner;
  }, schema);
}

function everySchema(inside: JsonSchema): readonly JsonSchema[] {
  const inner = [
    ...Object.values(inside.properties ?? {}),
    ...(inside.anyOf ?? []),
    ...[inside.items, inside.propertyNames, inside.additionalProperties],
  ].filter((member) => typeof member === "object");
  return [inside, ...inner.flatMap(everySchema)];
}

describe("the JSON Schema", () => {
  it.each(keys.map((key) => [key.path, key] as const))("has %s", (path, key) => {
    expect(at(path)?.description).toBe(`${key.doc}\n${keyPage(path)}`);
  });

  it("says what each section is about", () => {
    const sections = keys.flatMap(({ path }) => (path.includes(".") ? (path.split(".", 1)[0] ?? "") : []));
    expect([...sectionDocs.keys()].toSorted()).toEqual([...new Set(sections)].toSorted());
    for (const [section, doc] of sectionDocs) {
      expect(at(section)?.description).toContain(doc);
    }
  });

  it("sends people to headings that the reference has", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../../docs/reference.md"), "utf8");
    // As GitHub makes an anchor of a heading: punctuation goes, but for hyphens.
    const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) =>
      heading.replace(/[^\w-]/g, ""),
    );
    expect(keys.map(({ path }) => keyPage(path).split("#")[1])).toEqual(anchors);
  });

  it("allows no other keys, in any section", () => {
    const objects = everySchema(schema).filter(({ type }) => type === "object");
    expect(objects.length).toBeGreaterThan(3);
    expect(
      objects.filter(
        ({ properties, additionalProperties }) => properties !== undefined && additionalProperties !== false,
      ),
    ).toEqual([]);
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
