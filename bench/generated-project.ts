import { generatedPackages } from "../test/engine/packages/generated.ts";
import { resolveProject } from "../test/engine/packages/manifest.ts";
import type { PackageFixture } from "../test/engine/packages/package-fixture.ts";

export const projectName = "Mills";

export interface GeneratedProject {
  readonly packages: readonly PackageFixture[];
  /** By path in the project's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** A project that depends directly on the first `count` generated packages. */
export function generatedProject(count: number, available = generatedPackages({ count })): GeneratedProject {
  const names = available.slice(0, count).map(({ name }) => name);
  const resolved = resolveProject(available, {
    deps: names,
    name: projectName,
    uuid: "5b8d3f1e-7a24-4c96-8e0b-d1f6a9c2e375",
    version: "0.1.0",
  });
  const calls = names.map((name) => `${name}.run(x)`).join(" + ");
  return {
    packages: available,
    files: {
      "Project.toml": resolved.projectToml,
      "Manifest.toml": resolved.manifestToml,
      [`src/${projectName}.jl`]: `module ${projectName}\n\nimport ${names.join(", ")}\n\ngrind(x::Float64) = ${calls}\n\nend\n`,
      "main.jl": `import ${projectName}\nprintln(${projectName}.grind(1.0))\n`,
    },
  };
}
