import { parseJuliaVersion } from "../../julia/julia-version.ts";
import { appModule } from "../../project/app-module.ts";
import { admits, parseVersionSpec } from "../../project/version-spec.ts";
import type { Folder } from "./look.ts";

/** A key of the spec, and why it has its value. */
export interface Choice {
  readonly key: "julia" | "project" | "main" | "module";
  readonly value: string;
  readonly why: string;
}

export interface ChosenSpec {
  readonly choices: readonly Choice[];
  /** What the reader should know of this project, each a sentence. */
  readonly hints: readonly string[];
}

/** Minor versions of Julia 1, the newest first, of which the newest is taken where the project leaves the choice. */
const offeredMinors = [12, 11, 10];

export const newestJulia = `1.${offeredMinors[0]}`;

/** Packages of which docs/packages-that-need-more.md says what to write in the spec. */
const needMore = ["CUDA", "CondaPkg", "Conda", "IJulia", "MPI", "PyCall", "PythonCall"];

/** Chooses what a spec for the project says, from what is in its folder. */
export function chooseSpec(folder: Folder): ChosenSpec {
  const choices = [chooseJulia(folder), ...projectOf(folder), ...programOf(folder)];
  const runs = choices.some(({ key }) => key === "main" || key === "module");
  return {
    choices,
    hints: [
      ...manifestHints(folder),
      ...(runs
        ? []
        : ["nothing to run was found: the image starts Julia's prompt. `main` or `module` change that."]),
      ...packageHints(folder),
    ],
  };
}

/** The Julia that made the manifest, or the newest that the project allows. */
export function chooseJulia({ manifest, projectFile }: Folder): Choice {
  const made = manifest?.juliaVersion === undefined ? undefined : parseJuliaVersion(manifest.juliaVersion);
  if (made?.minor !== undefined) {
    const why = `${manifest?.file.name} was made by Julia ${manifest?.juliaVersion}`;
    return { key: "julia", value: `${made.major}.${made.minor}`, why };
  }
  const bound = projectFile.compatibility.get("julia");
  const range = bound === undefined ? undefined : parseVersionSpec(bound);
  const minor = offeredMinors.find((candidate) => range === undefined || admits(range, [1, candidate]));
  return minor === undefined || range === undefined
    ? {
        key: "julia",
        value: newestJulia,
        why: "the project names no version: this is the newest",
      }
    : { key: "julia", value: `1.${minor}`, why: `the newest that [compat] julia = "${bound}" allows` };
}

function projectOf({ project }: Folder): readonly Choice[] {
  const why = "the folder that has the Project.toml";
  return project === "." ? [] : [{ key: "project", value: project, why }];
}

function programOf({ projectFile, source, scripts }: Folder): readonly Choice[] {
  const app = appModule(projectFile, source);
  if (app !== undefined) {
    const why = app.key === "apps" ? "[apps] in Project.toml" : `src/${app.module}.jl declares @main`;
    return [{ key: "module", value: app.module, why }];
  }
  const [first, ...others] = scripts;
  if (first === undefined) return [];
  const why = others.length === 0 ? "the only script of a usual name" : `taken before ${others.join(", ")}`;
  return [{ key: "main", value: first, why }];
}

function manifestHints({ manifest, projectFile }: Folder): readonly string[] {
  if (manifest !== undefined || projectFile.dependencies.size === 0) return [];
  return [
    "there is no Manifest.toml: each build would choose versions anew. `julia --project -e 'using Pkg; Pkg.resolve()'` makes one.",
  ];
}

function packageHints({ manifest, projectFile }: Folder): readonly string[] {
  const names = new Set([
    ...projectFile.dependencies.keys(),
    ...[...(manifest?.packages.values() ?? [])].map(({ name }) => name),
  ]);
  const found = needMore.filter((name) => names.has(name));
  return found.length === 0
    ? []
    : [`${found.join(", ")}: docs/packages-that-need-more.md says what the spec needs for that.`];
}
