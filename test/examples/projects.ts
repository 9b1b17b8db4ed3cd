import { readdirSync } from "node:fs";
import { uuidFor } from "../engine/packages/generated.ts";
import { definePackage, type PackageFixture } from "../engine/packages/package-fixture.ts";
import { STANDARD_PACKAGES } from "../engine/packages/standard.ts";
import type { ProjectRequest } from "../engine/resolver/project-request.ts";
import { examplesFolder, readExample } from "./case.ts";

/** The version of Julia that the examples' specs name and that made their manifests. */
export const EXAMPLES_JULIA = "1.12";

/** A package that neither General nor the Pkg server has. */
export const parcel: PackageFixture = definePackage({
  name: "Parcel",
  uuid: uuidFor("Parcel"),
  version: "1.0.0",
  body: 'label() = "Your parcel is here"',
});

/** Everything that the examples depend on. */
export const examplePackages: readonly PackageFixture[] = [...STANDARD_PACKAGES, parcel];

/** Where a project lies that is not at the top of its example, and the folders that it depends on. */
const layouts: Readonly<Record<string, Pick<ProjectRequest, "folder" | "develop">>> = {
  monorepo: { folder: "services/web", develop: ["../../libs/Paper"] },
};

/** The project of an example as it is committed, for Pkg to make its manifest. */
export function exampleRequest(name: string): ProjectRequest {
  const paths = readdirSync(`${examplesFolder}/${name}`, { recursive: true, encoding: "utf8" });
  const projects = paths.filter((path) => path.endsWith("Project.toml"));
  const files = Object.fromEntries(projects.map((path) => [path, readExample(name, path)]));
  return { files, ...layouts[name] };
}

/** Where an example's manifest lies; `undefined` for the one that has none. */
export function manifestPath(name: string): string | undefined {
  if (name === "no-manifest") return undefined;
  return [layouts[name]?.folder, "Manifest.toml"].filter((part) => part !== undefined).join("/");
}
