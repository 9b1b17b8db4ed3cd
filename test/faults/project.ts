import type { Julia } from "../e2e/julia.ts";
import type { Files, ProjectRequest } from "../engine/resolver/project-request.ts";

const uuid = "3d7a52c1-6e0b-4f94-9b2d-8c51f7e0a463";

/** What can be left half-done: artifacts, build scripts, scratch spaces, folders that a script makes, long compilations. */
const packages = ["Letterpress", "Sundial", "Pantry", "Cellar", "Ropewalk", "Almanac", "Orchard"];

/** And lazy artifacts that are fetched while a package is compiled, and libraries, which need a newer Julia. */
const modernPackages = ["Attic", "Metronome"];

const calls: Readonly<Record<string, string>> = {
  Letterpress: 'press("Ada")',
  Sundial: "hours()",
  Pantry: "flour()",
  Cellar: "label()",
  Ropewalk: "length_of_rope()",
  Almanac: "Tally.release()",
  Orchard: "drink()",
  Attic: "opened()",
  Metronome: "beats()",
};

/** Julia code that uses every dependency of the project in a way that fails or tells if something of it is missing. */
export const use = "using Gazette; print(Gazette.news())";

/** Two projects of the same packages in different versions, so that one's cache is another's past. */
export const variants = ["new versions", "old versions"] as const;

export type Variant = (typeof variants)[number];

export async function projectOf(julia: Julia, variant: Variant): Promise<Files> {
  const old = { Greetings: "1.0.0", Colours: "1.0.0", Tally: "1.0.0", Pantry: "1.0.0" };
  const request: ProjectRequest = { deps: dependenciesOf(julia), name: "Gazette", uuid };
  return {
    ...(await julia.project(variant === "new versions" ? request : { ...request, pins: old })),
    ...sourceOf(julia),
  };
}

/** The project's module. The remark makes it another one, which has to be compiled again. */
export function sourceOf(julia: Julia, remark = ""): Files {
  const names = dependenciesOf(julia);
  const news = names.map((name) => `${name}.${calls[name]}`).join(", ");
  const lines = ["module Gazette", `import ${names.join(", ")}`, `# ${remark}`];
  return { "src/Gazette.jl": [...lines, `news() = join(Any[${news}], "; ")`, "end", ""].join("\n") };
}

function dependenciesOf(julia: Julia): readonly string[] {
  return julia.isAtLeast(1, 10) ? [...packages, ...modernPackages] : packages;
}
