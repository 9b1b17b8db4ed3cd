import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, didYouMeanText, editDistance } from "../../../src/text/did-you-mean.ts";

describe("did you mean", () => {
  const candidates = ["julia", "base", "project", "path", "main", "user", "env", "cpu-target", "pkg"];

  it.each([
    ["projct", "project"],
    ["Julia", "julia"],
    ["jluia", "julia"],
    ["cpu-targte", "cpu-target"],
    ["cpu_target", "cpu-target"],
    ["bas", "base"],
    ["evn", "env"],
    ["x", undefined],
    ["entrypoint", undefined],
    ["", undefined],
  ])("%j is %j", (word, expected) => {
    expect(didYouMean(word, candidates)).toBe(expected);
  });

  it("asks, or says nothing", () => {
    expect(didYouMeanText("pth", candidates)).toBe("did you mean `path`?");
    expect(didYouMeanText("zzz", candidates)).toBeUndefined();
  });
});

describe("edit distance", () => {
  it.each([
    ["", "", 0],
    ["abc", "", 3],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
  ])("of %j and %j is %i", (left, right, expected) => {
    expect(editDistance(left, right)).toBe(expected);
  });

  it("is symmetric, and zero only between equal words", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(editDistance(left, right)).toBe(editDistance(right, left));
        expect(editDistance(left, right) === 0).toBe(left === right);
      }),
    );
  });
});
