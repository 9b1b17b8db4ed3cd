import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse } from "smol-toml";
import {
  type BenchProject,
  generatedFour,
  generatedProjects,
  type RealProject,
  realFour,
  realProjects,
} from "./projects.ts";
import type { Settings } from "./settings.ts";
import type { Suite } from "./suites.ts";

/** What a suite measures under one name: a project, or four that are built at once. */
export interface Subject {
  readonly name: string;
  readonly kind: Suite["kind"];
  /** Their manifests are there. */
  readonly generated: readonly BenchProject[];
  /** Their manifests are made by the Julia under test. */
  readonly real: readonly RealProject[];
}

/** The generated projects, and the real ones if a Pkg server of real packages is named. */
export function subjectsFor(settings: Settings): readonly Subject[] {
  const generated = generatedProjects().map((project) => one(project.name, { generated: [project] }));
  const fours: Subject[] = [{ name: "generated-four", kind: "four", generated: generatedFour(), real: [] }];
  const real = settings.server === undefined ? [] : realProjects(settings.add, settings.update);
  if (settings.server !== undefined) {
    fours.push({ name: "real-four", kind: "four", generated: [], real: realFour() });
  }
  const own = settings.folder === undefined ? [] : [ownProject(settings.folder, settings)];
  return [
    ...[...own, ...real].map((project) => one(project.name, { real: [project] })),
    ...generated,
    ...fours,
  ].filter(({ name }) => settings.wants.project(name));
}

function one(name: string, projects: Partial<Subject>): Subject {
  return { name, kind: "one", generated: [], real: [], ...projects };
}

function ownProject(folder: string, { add, update }: Settings): RealProject {
  const path = resolve(folder);
  const { name } = parse(readFileSync(join(path, "Project.toml"), "utf8")) as { name?: string };
  return {
    ...{ name: (name ?? basename(path)).toLowerCase(), what: "a project of the reader's own", folder: path },
    ...{ add: add ?? "Example", update },
  };
}
