import { expect, it } from "vitest";
import { mergePreferences } from "../../../src/project/merge-preferences.ts";

it("puts preferences on top of inherited ones, table by table", () => {
  const inherited = { Plot: { backend: "a", size: { width: 1n, height: 2n } }, Other: { x: true } };
  const above = { Plot: { backend: "b", size: { width: 3n } } };
  expect(mergePreferences(inherited, above)).toEqual({
    Plot: { backend: "b", size: { width: 3n, height: 2n } },
    Other: { x: true },
  });
});

it("forgets the inherited keys that are cleared", () => {
  const merged = mergePreferences({ Plot: { a: 1n, b: 2n } }, { Plot: { __clear__: ["a"] } });
  expect(merged.Plot).toEqual({ b: 2n, __clear__: ["a"] });
});
