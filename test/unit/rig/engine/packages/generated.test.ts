import { expect, test } from "vitest";
import { generatedPackages } from "../../../../engine/packages/generated.ts";

test("the same options give the same packages", () => {
  const hashes = (): readonly string[] => generatedPackages({ count: 20 }).map((fixture) => fixture.treeHash);
  expect(hashes()).toEqual(hashes());
});

test("packages depend on earlier ones only, and most depend on some", () => {
  const packages = generatedPackages({ count: 50, prefix: "Loom" });
  const position = new Map(packages.map((fixture, index) => [fixture.uuid, index]));
  for (const [index, fixture] of packages.entries()) {
    for (const uuid of Object.values(fixture.deps)) expect(position.get(uuid)).toBeLessThan(index);
  }
  expect(packages.filter((fixture) => Object.keys(fixture.deps).length > 0)).toHaveLength(49);
});

test("UUIDs are distinct and well formed", () => {
  const uuids = generatedPackages({ count: 200, functions: 1 }).map((fixture) => fixture.uuid);
  expect(new Set(uuids).size).toBe(200);
  for (const uuid of uuids)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
