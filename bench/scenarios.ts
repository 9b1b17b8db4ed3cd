import { generatedPackages } from "../test/engine/packages/generated.ts";
import { generatedProject, projectName } from "./generated-project.ts";

/** Direct dependencies of the project before one is added. */
export const packageCount = 12;

/** All packages that the Pkg server has: those of the project, and the one that is added. */
export const packages = generatedPackages({ count: packageCount + 1 });

type Files = Readonly<Record<string, string>>;

const before = generatedProject(packageCount, packages).files;
const after = generatedProject(packageCount + 1, packages).files;
const source = `src/${projectName}.jl`;

/** What happens to the project from one build to the next, in this order. */
export const scenarios: readonly { readonly name: string; readonly files: Files }[] = [
  { name: "cold", files: before },
  { name: "one dependency added", files: after },
  { name: "one source line changed", files: { [source]: `# A line more.\n${after[source]}` } },
];
