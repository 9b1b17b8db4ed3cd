import { generatedPackages } from "../test/engine/packages/generated.ts";
import { manifestText } from "../test/engine/packages/manifest-text.ts";
import type { PackageFixture } from "../test/engine/packages/package-fixture.ts";
import { projectTomlOf } from "../test/engine/resolver/project-request.ts";

export const projectName = "Mills";

/** Direct dependencies of the usual project. */
export const packageCount = 12;

/** What a Pkg server has for it. */
export const packages = generatedPackages({ count: packageCount });

export interface GeneratedProject {
  readonly packages: readonly PackageFixture[];
  /** By path in the project's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** A project that depends directly on the first `count` generated packages. */
export function generatedProject(count: number, available = generatedPackages({ count })): GeneratedProject {
  // Each depends only on some of those before it.
  const chosen = available.slice(0, count);
  const names = chosen.map(({ name }) => name);
  const identity = { name: projectName, uuid: "5b8d3f1e-7a24-4c96-8e0b-d1f6a9c2e375", version: "0.1.0" };
  const calls = names.map((name) => `${name}.run(x)`).join(" + ");
  return {
    packages: available,
    files: {
      "Project.toml": projectTomlOf({ ...identity, deps: names }, chosen),
      "Manifest.toml": manifestText(chosen),
      [`src/${projectName}.jl`]: `module ${projectName}\n\nimport ${names.join(", ")}\n\ngrind(x::Float64) = ${calls}\n\nend\n`,
      "main.jl": `import ${projectName}\nprintln(${projectName}.grind(1.0))\n`,
    },
  };
}
