import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { gitTreeHash } from "../../../../engine/packages/git-tree.ts";
import { definePackage } from "../../../../engine/packages/package-fixture.ts";
import { GENERAL_UUID, makeRegistry, registryRange } from "../../../../engine/packages/registry-fixture.ts";

const BASE = definePackage({
  ...{ name: "Base1", uuid: "11111111-1111-4111-8111-111111111111", version: "0.3.1+2", body: "" },
});
const versions = ["1.0.0", "1.2.0"].map((version) =>
  definePackage({
    ...{
      name: "Upper",
      uuid: "22222222-2222-4222-8222-222222222222",
      version,
      body: `release() = v"${version}"`,
    },
    deps: version === "1.0.0" ? {} : { Base1: BASE.uuid },
    weakDeps: { Base1: BASE.uuid },
    compat: { Base1: "0.3" },
  }),
);
const registry = makeRegistry([...versions, BASE]);
const file = (path: string): unknown => parse(registry.files[path] as string);

test("Registry.toml names each package once, with its folder", () => {
  expect(file("Registry.toml")).toMatchObject({
    name: "General",
    uuid: GENERAL_UUID,
    packages: {
      [BASE.uuid]: { name: "Base1", path: "B/Base1" },
      "22222222-2222-4222-8222-222222222222": { name: "Upper", path: "U/Upper" },
    },
  });
});

test("Versions.toml has every version's tree hash, build number included", () => {
  expect(file("U/Upper/Versions.toml")).toEqual({
    "1.0.0": { "git-tree-sha1": versions[0]?.treeHash },
    "1.2.0": { "git-tree-sha1": versions[1]?.treeHash },
  });
  expect(file("B/Base1/Versions.toml")).toEqual({ "0.3.1+2": { "git-tree-sha1": BASE.treeHash } });
  expect(versions[0]?.treeHash).not.toBe(versions[1]?.treeHash);
});

test("dependency tables are keyed by version ranges, which have no build number", () => {
  expect(file("U/Upper/Deps.toml")).toEqual({ "1.2.0": { Base1: BASE.uuid } });
  expect(file("U/Upper/WeakDeps.toml")).toMatchObject({ "1.0.0": { Base1: BASE.uuid } });
  expect(file("U/Upper/Compat.toml")).toMatchObject({ "1.0.0": { julia: "1", Base1: "0.3" } });
  expect(file("B/Base1/Compat.toml")).toEqual({ "0.3.1": { julia: "1" } });
  expect(registry.files["B/Base1/Deps.toml"]).toBeUndefined();
});

test("the registry's hash is that of its files", () => {
  expect(registry.treeHash).toBe(gitTreeHash(registry.files));
});

test.each([
  ["1", "1"],
  ["1.2", "1.2-1"],
  ["^1.2.3", "1.2.3-1"],
  ["0.3", "0.3"],
  ["0.3.4", "0.3.4-0.3"],
])("the caret range of %s is written %s", (bound, range) => {
  expect(registryRange(bound)).toBe(range);
});

test("a bound that is no plain version is refused", () => {
  expect(() => registryRange(">= 1.2")).toThrow("not a plain lower bound");
});

test("a version that is there twice, and a name of two packages, are refused", () => {
  expect(() => makeRegistry([BASE, BASE])).toThrow("Base1 0.3.1+2 is there twice");
  const namesake = definePackage({
    ...{ name: "Base1", uuid: "33333333-3333-4333-8333-333333333333", version: "9.0.0", body: "" },
  });
  expect(() => makeRegistry([BASE, namesake])).toThrow("two packages are called Base1");
});
