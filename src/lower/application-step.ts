import { posix } from "node:path";
import { exec, file, type Output } from "../buildkit/llb/index.ts";
import { applicationPrograms } from "../julia/programs.ts";
import { outputFolder } from "../plan/make-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { Copy } from "../project/layout.ts";
import { type StepDefaults, sharedMemory } from "../request/step-defaults.ts";
import { withOutput } from "./dependency-step.ts";
import { fixedTime } from "./fixed-time.ts";
import { locate } from "./locate.ts";
import { juliaProgram, programFolder, readOnly, textFiles } from "./programs.ts";
import type { Contexts } from "./sources.ts";

/** The project on top of the image: its folders, and the files that name its dependencies. */
export function withProject(plan: Plan, base: Output, contexts: Contexts): Output {
  const { folders, files, name } = plan.application;
  const owner = { user: 0, group: 0 };
  const shared = { type: "copy", createDestination: true, timestamp: fixedTime, owner } as const;
  const copies = [
    ...folders.map(({ from, to, context }) => ({
      ...{ ...shared, from: sourceOf(context, contexts), src: posix.join("/", from), dest: to },
      directoryContents: true,
    })),
    ...files
      .filter((file) => !isCovered(file, folders))
      .map(({ from, to }) => ({ ...shared, from: contexts.context, src: posix.join("/", from), dest: to })),
  ];
  const what = folders.length > 0 ? (name ?? "the project") : "the project's dependency files";
  return file(base, copies, {
    name: `[app] copy ${what}`,
    locations: locate(plan.spec, plan.application.span),
  });
}

function sourceOf(context: string | undefined, { context: main, named }: Contexts): Output {
  const source = context === undefined ? main : named?.get(context);
  if (source === undefined) {
    throw new Error(`nothing is known of the context ${context}`);
  }
  return source;
}

function isCovered(file: Copy, folders: readonly Copy[]): boolean {
  return folders.some(
    ({ from, context }) => context === undefined && (from === "." || file.from.startsWith(`${from}/`)),
  );
}

/**
 * Compiles the project and loads everything once as the image's user, on the image as it will be, without cache and without
 * network. Changes to the image are thrown away: only the output counts. That what it compiled is laid over the image also
 * makes the image depend on the check.
 */
export function verified(plan: Plan, built: Output, defaults: StepDefaults): Output {
  const step = plan.application;
  const programs = textFiles(
    Object.entries(applicationPrograms),
    "[internal] programs of the application step",
  );
  const settings = textFiles(
    [["settings.toml", step.settings]],
    "[internal] settings of the application step",
  );
  const run = exec(built, {
    ...defaults,
    ignoreCache: plan.runAgain.has("app"),
    network: "none",
    args: juliaProgram("application.jl", plan.juliaFlags, `${programFolder}/settings/settings.toml`),
    env: step.env,
    cwd: step.path,
    user: step.user,
    mounts: [
      ...sharedMemory(defaults),
      readOnly(programs, `${programFolder}/programs`),
      readOnly(settings, `${programFolder}/settings`),
      { type: "tmpfs", target: "/tmp" },
      { type: "bind", target: outputFolder, source: writableFolder() },
    ],
    name:
      plan.application.name === undefined
        ? "[app] check that nothing is compiled at start"
        : `[app] compile ${plan.application.name} and check that nothing is compiled at start`,
    locations: locate(plan.spec, step.span),
  });
  return run.output(outputFolder);
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

export function withCompiledProject(plan: Plan, base: Output, output: Output): Output {
  const { depotPath, userDepotPath } = plan;
  const folders = [
    { from: output, src: `/files${depotPath}`, dest: depotPath, owner: { user: 0, group: 0 } },
    // Made by the image's user, to whom it belongs.
    { from: output, src: `/files${userDepotPath}`, dest: userDepotPath },
  ];
  return withOutput(plan, base, folders, `[app] copy compiled ${plan.application.name ?? "files"}`);
}
