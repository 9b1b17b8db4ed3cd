import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIgnoreFile } from "../../../src/project/ignore-file.ts";
import { ignoredPaths } from "../../../src/project/ignored-paths.ts";

describe("an ignore file", () => {
  it.each([
    ["Manifest.toml", "Manifest.toml", true],
    ["Manifest.toml", "app/Manifest.toml", false],
    ["/Manifest.toml", "Manifest.toml", true],
    ["*.toml", "Manifest.toml", true],
    ["*.toml", "app/Manifest.toml", false],
    ["**/*.toml", "Manifest.toml", true],
    ["**/*.toml", "a/b/Manifest.toml", true],
    ["**/Manifest.toml", "a/b/Manifest.toml", true],
    ["**/Manifest.toml", "a/NoManifest.toml", false],
    ["**Manifest.toml", "a/NoManifest.toml", true],
    ["lib", "lib/Part/src/Part.jl", true],
    ["lib/", "lib/Part/src/Part.jl", true],
    ["lib/*", "lib/Part/src/Part.jl", true],
    ["lib/**", "lib/Part/src/Part.jl", true],
    ["lib/**/src", "lib/Part/src/Part.jl", true],
    ["li", "lib/Part/src/Part.jl", false],
    ["lib/Par?", "lib/Part/src/Part.jl", true],
    ["lib/[P-Q]art", "lib/Part/src/Part.jl", true],
    ["lib/[^P]art", "lib/Part/src/Part.jl", false],
    ["*\n!Manifest.toml", "Manifest.toml", false],
    ["*\n!lib/Part", "lib/Part/src/Part.jl", false],
    ["*.toml\n!Manifest.toml\nMan*", "Manifest.toml", true],
    ["!Manifest.toml", "Manifest.toml", false],
    ["# Manifest.toml", "Manifest.toml", false],
    ["a+b.toml", "a+b.toml", true],
    ["a.toml", "aXtoml", false],
    ["a\\*b", "a*b", true],
    ["a\\*b", "axb", false],
    ["[", "x", false],
    ["", "x", false],
  ])("%j on %s: %s", (text, path, expected) => {
    expect(ignoredPaths(readIgnoreFile(text))(path)).toBe(expected);
  });

  it("leaves nothing out that its last line excepts, and never throws", () => {
    const line = fc.array(
      fc.constantFrom("a", "b", "/", "*", "**", "?", "!", "[", "]", "\\", ".", "+", "$"),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const text = lines.map((parts) => parts.join("")).join("\n");
        expect(typeof ignoredPaths(readIgnoreFile(text))("a/b/a")).toBe("boolean");
        expect(ignoredPaths(readIgnoreFile(`${text}\n!a/b`))("a/b/a")).toBe(false);
      }),
    );
  });

  it("takes no longer for patterns that backtrack", () => {
    const pattern = `${"**/*a*".repeat(8)}b`;
    const start = performance.now();
    ignoredPaths([pattern])("a/".repeat(60).concat("a"));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
