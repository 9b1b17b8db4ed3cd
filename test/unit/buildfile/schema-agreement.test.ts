import fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { describe, expect, it } from "vitest";
import { keys } from "../../../src/buildfile/keys.ts";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { exampleNames, readExample } from "../../examples/case.ts";
import { expectSchemaToAgree, schemaErrors } from "./schema-agreement.ts";

describe("the JSON Schema, to a validator,", () => {
  it.each(exampleNames)("takes the spec of examples/%s", (name) => {
    expect(schemaErrors(readExample(name, "julia.toml"))).toEqual([]);
  });

  it.each([
    ["", " must have required property 'julia'"],
    ['project = "."', " must match a schema in anyOf"],
    ["julia = 1.12", "/julia must be string"],
    ['julia = "v1.12"', "/julia must match pattern"],
    ['julia = "1.12"\nprojct = "."', " must NOT have additional properties"],
    ['julia = "1.12"\n[depot]\npth = "/x"', "/depot must NOT have additional properties"],
    ['julia = "1.12"\ndepot = "/x"', "/depot must be object"],
    ['julia = "1.12"\n[env]\nPORT = 8080', "/env/PORT must be string"],
    ['julia = "1.12"\n[env]\nA-B = "x"', "/env property name must be valid"],
    ['julia = "1.12"\n[packages]\napt = "git"', "/packages/apt must be array"],
    ['julia = "1.12"\n[packages]\napt = ["Git"]', "/packages/apt/0 must match pattern"],
    ['julia = "1.12"\n[precompile]\nstrict = "true"', "/precompile/strict must be boolean"],
    ['julia = "1.12"\n[precompile]\ntasks = 0', "/precompile/tasks must be >= 1"],
    [
      'julia = "1.12"\n[pkg]\nregistry-preference = "fast"',
      "/pkg/registry-preference must be equal to one of",
    ],
    ['julia = "1.12"\n[[registries]]', "/registries/0 must have required property 'url'"],
    ['julia = "1.12"\n[registries]\nname = "Team"', "/registries must be array"],
    ['julia = "1.12"\n[secrets]\ntoken = "x"', "/secrets/token must be object"],
    [
      'julia = "1.12"\n[image.healthcheck]\ninterval = "5s"',
      "/image/healthcheck must have required property",
    ],
    ['julia = "1.12"\n[image.healthcheck]\ncommand = []', "/image/healthcheck/command must NOT have fewer"],
  ])("finds what is wrong with %j", (text, expected) => {
    expect(schemaErrors(text).filter((line) => line.startsWith(expected))).not.toEqual([]);
  });

  it("agrees with the reader about any value of any key", () => {
    const values = keys.map(({ path, example }) => at(parse(example), path));
    const text = fc.string({ maxLength: 6 }).filter((made) => !made.includes("$"));
    const value = fc.oneof(
      fc.constantFrom(...values.filter((given) => !JSON.stringify(given).includes("$"))),
      text,
      fc.constantFrom(-1, 0, 1, 2, 5000),
      fc.boolean(),
      fc.array(text, { maxLength: 2 }),
      fc.array(fc.dictionary(fc.constantFrom("name", "url", "x"), text, { maxKeys: 2 }), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("A", "a b", "command", "threads"), text, { maxKeys: 2 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, ({ path }, given) => {
        const spec = stringify({ julia: "1.12", ...nested(path, given) });
        expectSchemaToAgree(spec, readSpec({ name: "julia.toml", text: spec }).diagnostics);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The value at a path of keys. */
function at(document: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inside, name) => (inside as Readonly<Record<string, unknown>>)[name], document);
}

/** A document with one value, at a path of keys. */
function nested(path: string, value: unknown): Record<string, unknown> {
  return path.split(".").reduceRight<unknown>((inside, name) => ({ [name]: inside }), value) as Record<
    string,
    unknown
  >;
}
