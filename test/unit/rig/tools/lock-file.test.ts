import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

interface LockEntry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(import.meta.dirname, "../../../../package-lock.json"), "utf8");
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, LockEntry>> };

// npm leaves those out that the registry at hand does not have; `npm ci` of npm 11 then refuses the lock file, and on the
// platforms that are missing their programs are not installed.
it("lists the optional dependencies of every platform", () => {
  const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(named.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
});

it("names no registry, so that everyone installs from their own", () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
