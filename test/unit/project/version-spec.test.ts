import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admits, formatVersionSpec, parseVersionSpec } from "../../../src/project/version-spec.ts";

/** What `Pkg.Types.semver_spec` of Julia 1.5.3 prints, with the hyphens of Julia 1.11. */
const asPkgPrints: readonly (readonly [text: string, printed: string])[] = [
  ["1.2.3", "1.2.3 - 1"],
  ["^0.2.3", "0.2.3 - 0.2"],
  ["0.0.3", "0.0.3"],
  ["0.0", "0.0"],
  ["0", "0"],
  ["~1.2.3", "1.2.3 - 1.2"],
  ["~1.2", "1.2"],
  ["~1", "1"],
  ["~0", "0"],
  [">=1.2", "1.2.0 - *"],
  ["≥ 1.2", "1.2.0 - *"],
  ["<2", "0.0.0 - 1"],
  ["<1.2", "0.0.0 - 1.1"],
  ["< 1.2.3", "0.0.0 - 1.2.2"],
  ["=1.2.3", "1.2.3"],
  ["1.2 - 1.5", "1.2 - 1.5"],
  ["1.2.3 - 4", "1.2.3 - 4"],
  ["0.7, 1", "[0.7, 1]"],
  ["0.5, 0.6, 0.8", "[0.5 - 0.6, 0.8]"],
  ["1, 1.5", "1"],
  ["2 - 1", "∅"],
  ["1.6, ^1.6", "1.6.0 - 1"],
  ["0.2 - 0", "0.2 - 0"],
  ["1.0.0 - 1", "1"],
];

describe("a range of versions", () => {
  it.each(asPkgPrints)("%s is printed as Pkg does: %s", (text, printed) => {
    const spec = parseVersionSpec(text);
    expect(spec && formatVersionSpec(spec)).toBe(printed);
    expect(spec && formatVersionSpec(spec, "-")).toBe(printed.replace(" - ", "-"));
  });

  it.each(["", "0.0.0", "<0", "1.2.3.4", "x", "1-2", ">1", "1,", "^ 1"])("%j is none", (text) => {
    expect(parseVersionSpec(text)).toBeUndefined();
  });

  it.each([
    ["1.6", [1, 6, 0], true],
    ["1.6", [1, 5, 9], false],
    ["1.6", [2, 0, 0], false],
    ["0.6", [0, 7, 0], false],
    ["~1.9", [1, 10, 0], false],
    ["1.10.5", [1, 10, 4], false],
    ["< 1.11", [1, 10, 99], true],
    ["< 1.11", [1, 11, 0], false],
    ["1.6 - 1.9", [1, 9, 4], true],
    ["0.7, 1", [1, 0, 0], true],
    ["0.7, 1", [0, 8, 0], false],
    // An unknown part may be any.
    ["1.10.5", [1, 10], true],
    ["1.10.5", [1], true],
    ["1.10.5", [1, 9], false],
  ])("%s admits %j: %s", (text, version, admitted) => {
    expect(admits(parseVersionSpec(text) ?? [], version)).toBe(admitted);
  });

  it("neither hangs nor throws, whatever the text", () => {
    const text = fc.array(
      fc.constantFrom("0", "1", "12", ".", "-", " - ", ",", "~", "^", "<", ">=", "=", "v"),
    );
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 3 }), (parts, version) => {
        const spec = parseVersionSpec(parts.join(""));
        expect(typeof formatVersionSpec(spec ?? [])).toBe("string");
        expect(typeof admits(spec ?? [], version)).toBe("boolean");
      }),
    );
  });
});
