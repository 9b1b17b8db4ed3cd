import { planAnswer } from "../answers/answer-plan.ts";
import { lintJson, lintText } from "../answers/check-result.ts";
import { describePlan } from "../answers/describe-plan.ts";
import { specSchema } from "../buildfile/json-schema.ts";
import { DefinitionSchema } from "../buildkit/gen/ops_pb.ts";
import { definitionToJson } from "../buildkit/llb/definition-json.ts";
import { encodeDeterministically } from "../buildkit/llb/encode.ts";
import { graphOf } from "../buildkit/llb/graph.ts";
import type { Definition } from "../buildkit/llb/index.ts";
import { printDiagnostics } from "../text/print.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { ContextFiles } from "./context-folder.ts";
import { drawDot, drawMermaid } from "./draw-graph.ts";
import type { WorkFolder } from "./first-spec/write-first-spec.ts";
import { runInit } from "./init/run-init.ts";
import { runMigrate } from "./migrate/run-migrate.ts";
import { type OfflinePlan, planOffline } from "./plan-offline.ts";
import { readToolOptions, type ToolOptions, UsageError, usage } from "./tool-options.ts";
import type { ToolOutcome } from "./tool-outcome.ts";

/** What the tool has to do with the outside. */
export interface ToolEnvironment {
  readonly readStdin: () => Promise<string>;
  /** The build context: the named folder, or the usual one if that is there. */
  readonly openContext: (folder: string | undefined) => ContextFiles | undefined;
  /** The folder that `init` and `migrate` write to, if there is one. */
  readonly workFolder: () => WorkFolder | undefined;
  /** The platform of this machine, as `os/architecture`. */
  readonly platform: string;
}

/** The frontend as a tool, without BuildKit. Exit status: 1 for errors and findings, 2 for a wrong command line. */
export async function runTool(args: readonly string[], environment: ToolEnvironment): Promise<ToolOutcome> {
  try {
    const [command, ...rest] = args;
    if (command === "--help" || command === "help") return succeeded(usage);
    if (command === "init") return await runInit(rest, environment.workFolder());
    if (command === "migrate") return await runMigrate(rest, environment.workFolder());
    const options = readToolOptions(args, environment.platform);
    return options.command === "schema"
      ? succeeded(`${JSON.stringify(specSchema(), undefined, 2)}\n`)
      : await runOnSpec(options, environment);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exitCode: 2, stdout: "", stderr: `${error.message}\n\n${usage}` };
  }
}

async function runOnSpec(
  options: ToolOptions,
  { readStdin, openContext }: ToolEnvironment,
): Promise<ToolOutcome> {
  const file: SourceFile = { name: "julia.toml", text: await readStdin() };
  const context = openContext(options.project);
  const offline = await planOffline(file, context, options);
  if (options.command === "check") {
    return check(offline, options.format);
  }
  const { diagnostics, planned } = offline;
  const findings = diagnostics.length === 0 ? "" : `${printDiagnostics(diagnostics)}\n`;
  if (planned === undefined) {
    const missing =
      context === undefined
        ? "There is no project: mount it with -v DIR:/project, or name it with --project DIR.\n"
        : "";
    return { exitCode: 1, stdout: "", stderr: findings + missing };
  }
  const stdout =
    options.command === "plan"
      ? planOutput(planned, options.format)
      : llbOutput(planned.definition, options.format);
  return { exitCode: 0, stdout, stderr: findings + whatIsUnknown(planned) };
}

function check({ diagnostics }: OfflinePlan, format: string): ToolOutcome {
  const stdout =
    format === "json" ? `${JSON.stringify(lintJson(diagnostics), undefined, 2)}\n` : lintText(diagnostics);
  return { exitCode: diagnostics.length === 0 ? 0 : 1, stdout, stderr: "" };
}

type Planned = NonNullable<OfflinePlan["planned"]>;

function planOutput({ plan, spec, definition }: Planned, format: string): string {
  const { json, text } = planAnswer([describePlan(plan, spec, graphOf(definition))]);
  return format === "json" ? `${JSON.stringify(json, undefined, 2)}\n` : text;
}

function llbOutput(definition: Definition, format: string): string | Uint8Array {
  switch (format) {
    case "json":
      return `${JSON.stringify(definitionToJson(definition), undefined, 2)}\n`;
    case "dot":
      return drawDot(graphOf(definition));
    case "mermaid":
      return drawMermaid(graphOf(definition));
    default:
      return encodeDeterministically(DefinitionSchema, definition);
  }
}

function whatIsUnknown({ spec }: Planned): string {
  return spec.base.includes("@")
    ? "The registry is not asked here: what the base image sets is unknown, so the cache id is not that of a build.\n"
    : "The registry is not asked here: the base image is not pinned to a digest, and the cache id is not that of a build.\n";
}

function succeeded(stdout: string): ToolOutcome {
  return { exitCode: 0, stdout, stderr: "" };
}
