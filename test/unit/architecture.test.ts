import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { exportsIn, importsIn } from "../tools/imports.ts";
import { circles, forbidden, rooms, unused } from "../tools/rooms.ts";

const source = join(import.meta.dirname, "../../src");
const imports = importsIn(source);

it("no file takes anything from a room that its own may not know", () => {
  expect(forbidden(imports).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

it("no files need each other, not even for types", () => {
  expect(circles(imports)).toEqual([]);
});

it("a room may know those alone that are below it, and knows each", () => {
  const names = rooms.map(({ name }) => name);
  const upwards = rooms.flatMap(({ name, mayKnow, mayKnowTypesOf = [] }, index) =>
    [...mayKnow, ...mayKnowTypesOf]
      .filter((known) => names.indexOf(known.split("/", 1)[0] ?? "") <= index)
      .map((known) => `${name} → ${known}`),
  );
  expect(upwards).toEqual([]);
  expect(unused(imports)).toEqual([]);
});

it("every folder of the source is a room", () => {
  const files = new Set(imports.flatMap(({ from, to }) => [from, to]));
  const found = new Set(
    [...files].filter((path) => !path.startsWith("..")).map((path) => path.split("/", 1)[0]),
  );
  expect([...found].sort()).toEqual(rooms.map(({ name }) => name).sort());
});

it("a name stands for one thing: no two files have one, and no two exports", () => {
  const all = exportsIn(source);
  expect(all.size).toBeGreaterThan(400);
  const exported = [...all].filter(([, files]) => files.length > 1);
  expect(exported).toEqual([]);
  const files = [...new Set(imports.flatMap(({ from, to }) => [from, to]))].filter(
    (path) => !path.endsWith("/index.ts"),
  );
  const names = files.map((path) => basename(path));
  expect(files.filter((_, index) => names.indexOf(names[index] ?? "") !== index)).toEqual([]);
});

it("an arrow up, a circle and a folder that is no room would be found", () => {
  const made = (from: string, to: string, isOfTypes = false) => ({ from, to, isOfTypes });
  expect(forbidden([made("plan/a.ts", "lower/b.ts"), made("plan/a.ts", "project/b.ts")])).toHaveLength(1);
  expect(
    forbidden([made("plan/a.ts", "buildkit/b.ts"), made("plan/a.ts", "buildkit/b.ts", true)]),
  ).toHaveLength(1);
  expect(forbidden([made("elsewhere/a.ts", "text/b.ts")])).toHaveLength(1);
  expect(circles([made("a", "b"), made("b", "c", true), made("c", "a")])).toEqual([["a", "b", "c"]]);
});
