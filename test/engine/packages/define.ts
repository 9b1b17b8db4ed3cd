import { type Name, UUIDS } from "./names.ts";
import { definePackage, type PackageDeclaration, type PackageFixture } from "./package-fixture.ts";
import { STDLIB_UUIDS } from "./stdlib.ts";

/** Packages of the tests as dependencies. */
export function using<N extends Name>(...names: readonly N[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, UUIDS[name]]));
}

/** Standard libraries as dependencies. */
export function stdlib(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, STDLIB_UUIDS[name] as string]));
}

/** One package in several versions, whose source differs by the version it states. */
export function versions(
  name: Name,
  numbers: readonly string[],
  rest: Omit<PackageDeclaration, "name" | "uuid" | "version">,
): readonly PackageFixture[] {
  return numbers.map((version) =>
    definePackage({
      ...rest,
      ...{ name, version, uuid: UUIDS[name] },
      body: `release() = v"${version}"\n\n${rest.body.trim()}`,
    }),
  );
}
