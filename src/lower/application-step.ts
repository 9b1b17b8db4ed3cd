import { posix } from "node:path";
import { file, type Output, type State } from "../buildkit/llb/index.ts";
import type { ApplicationStep, ProgramStep } from "../plan/plan.ts";
import { outputFolder, settingsFile, settingsFolder } from "../plan/step-folders.ts";
import type { Copy } from "../project/layout.ts";
import { programsMount } from "./programs-mount.ts";
import { fixedTime, type Steps } from "./steps.ts";
import { textMount } from "./text-files.ts";

/** Where the files of a project come from. */
export interface ProjectSources {
  /** The build context, already without what the plan excludes. */
  readonly context: Output;
  /** What takes the place of path dependencies, by the name of the context. */
  readonly named?: ReadonlyMap<string, Output> | undefined;
}

/** The project on top of the image: its folders, and the files that name its dependencies. */
export function withProject(steps: Steps, base: Output, sources: ProjectSources): Output {
  return withFiles(steps, base, steps.plan.application, sources);
}

/** Folders and files of the context, or the files alone, on top of a file system. */
export function withFiles(
  steps: Steps,
  base: Output,
  { folders = [], files, name, span }: Pick<ProgramStep, "span"> & ProjectFiles,
  sources: ProjectSources,
): Output {
  const owner = { user: 0, group: 0 };
  const shared = { type: "copy", createDestination: true, timestamp: fixedTime, owner } as const;
  const copies = [
    ...folders.map(({ from, to, context }) => ({
      ...shared,
      from: sourceOf(context, sources),
      src: posix.join("/", from),
      dest: to,
      directoryContents: true,
    })),
    ...files
      .filter((file) => !isCovered(file, folders))
      .map(({ from, to }) => ({ ...shared, from: sources.context, src: posix.join("/", from), dest: to })),
  ];
  const what = folders.length > 0 ? (name ?? "the project") : "the project's dependency files";
  return steps.change(base, copies, { name: `[app] copy ${what}`, span });
}

interface ProjectFiles {
  readonly folders?: readonly Copy[];
  readonly files: readonly Copy[];
  readonly name?: string | undefined;
}

function sourceOf(context: string | undefined, { context: main, named }: ProjectSources): Output {
  const source = context === undefined ? main : named?.get(context);
  if (source === undefined) {
    throw new Error(`the plan takes files of the context ${context}, which was not opened`);
  }
  return source;
}

function isCovered(file: Copy, folders: readonly Copy[]): boolean {
  return folders.some(
    ({ from, context }) => context === undefined && (from === "." || file.from.startsWith(`${from}/`)),
  );
}

/** What the step leaves for the image. */
export interface Verified {
  readonly files: Output;
  /** The package that holds what a workload compiled, and where it goes. */
  readonly startup?: { readonly files: Output; readonly folder: string };
}

/**
 * Compiles the project and loads everything once as the image's user, on the image as it will be, without cache and without
 * network. Changes to the image are thrown away: only the output counts. That what it compiled is laid over the image also
 * makes the image depend on the check.
 */
export function verified(steps: Steps, built: Output): Verified {
  const { application: step, runAgain } = steps.plan;
  const { workload } = step;
  const run = steps.run(built, {
    ignoreCache: runAgain.has("app"),
    network: "none",
    args: step.args,
    env: step.env,
    cwd: step.path,
    user: step.user,
    mounts: [
      programsMount(step, "[internal] programs of the application step"),
      textMount(
        settingsFolder,
        [[settingsFile, step.settings]],
        "[internal] settings of the application step",
      ),
      { type: "tmpfs", target: "/tmp" },
      { type: "bind", target: outputFolder, source: writableFolder() },
      ...(workload === undefined
        ? []
        : [{ type: "bind" as const, target: workload.folder, source: writableFolder(), selector: "/files" }]),
    ],
    name: nameOf(step),
    span: step.span,
  });
  return {
    files: run.output(outputFolder),
    ...(workload && { startup: { files: run.output(workload.folder), folder: workload.folder } }),
  };
}

/** Who waits for the step reads what it does: most of its time is the workload's. */
function nameOf({ name, compiled, workload }: ApplicationStep): string {
  const before = [
    ...(compiled.length === 0 ? [] : [`compile ${packagesText(compiled, name)}`]),
    ...(workload === undefined ? [] : [`run ${posix.basename(workload.script)}`]),
  ].join(", ");
  return `[app] ${before === "" ? "" : `${before} and `}check that nothing is compiled at start`;
}

/** @param project the name of the project, if it is one of the packages */
function packagesText(names: readonly string[], project: string | undefined): string {
  if (names.length <= 2) {
    return names.join(" and ");
  }
  return project === undefined
    ? `${names.length} packages`
    : `${project} and ${names.length - 1} dependencies`;
}

/** A folder for the step's output that any user can write to. Making it obeys the daemon's umask; copying it does not. */
function writableFolder(): Output {
  const mkdir = { type: "mkdir", path: "/files", mode: 0o777, timestamp: fixedTime } as const;
  const made = file(null, [mkdir], { name: "[internal] make a folder for the compiled files" });
  const copy = { type: "copy", from: made, src: "/", dest: "/", directoryContents: true } as const;
  return file(null, [{ ...copy, mode: 0o777, timestamp: fixedTime }], {
    name: "[internal] let the image's user write compiled files",
  });
}

export function withCompiledProject(steps: Steps, base: State, { files, startup }: Verified): Output {
  const { depotPath, userDepotPath, application } = steps.plan;
  const folders = [
    { from: files, src: `/files${depotPath}`, dest: depotPath, owner: { user: 0, group: 0 } },
    // Made by the image's user, to whom it belongs.
    { from: files, src: `/files${userDepotPath}`, dest: userDepotPath },
    ...(startup === undefined
      ? []
      : [
          {
            from: startup.files,
            src: "/files",
            dest: startup.folder,
            owner: { user: 0, group: 0 },
            // Only root may give the folder itself the time that its files have.
            timestamp: fixedTime,
          },
        ]),
  ];
  return steps.layOver(base, folders, `[app] copy compiled ${application.name ?? "files"}`);
}
