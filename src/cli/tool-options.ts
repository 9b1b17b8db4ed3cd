import { parseArgs } from "node:util";
import type { Platform } from "../buildkit/llb/index.ts";
import { parsePlatform } from "../request/platforms.ts";
import { defaultTarget, findTarget, type Target, targetNames } from "../request/targets.ts";

export const formats = {
  check: ["text", "json"],
  plan: ["text", "json"],
  llb: ["protobuf", "json", "dot", "mermaid"],
  schema: ["json"],
} as const;

export type Command = keyof typeof formats;

/** What was asked on the command line. */
export interface ToolOptions {
  readonly command: Command;
  /** One of the command's formats; the first unless another was asked for. */
  readonly format: string;
  /** Folder that is the build context; `undefined` for the usual one, if that is there. */
  readonly project: string | undefined;
  readonly target: Target;
  readonly platform: Platform;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Of the commands that the definition runs; `undefined` for one of their own. */
  readonly network: "host" | "none" | undefined;
}

/** A command line that makes no sense; the message says why. */
export class UsageError extends Error {}

/** Reads a command line. Throws a UsageError. */
export function readToolOptions(args: readonly string[], ownPlatform: string): ToolOptions {
  const { values, positionals } = parse(args);
  const [name = "", ...rest] = positionals;
  const command = (Object.keys(formats) as Command[]).find((known) => known === name);
  if (command === undefined || rest.length > 0) {
    throw new UsageError(`${command === undefined ? name || "no command" : rest[0]}: not understood`);
  }
  const allowed: readonly string[] = formats[command];
  const { format = allowed[0] ?? "", project, target = defaultTarget.name, platform = ownPlatform } = values;
  if (!allowed.includes(format)) {
    throw new UsageError(`--format of ${command} is ${allowed.join(", ")}`);
  }
  const known = findTarget(target);
  if (known === undefined) {
    throw new UsageError(`--target is ${targetNames.join(", ")}`);
  }
  return {
    command,
    format,
    project,
    target: known,
    platform: readPlatform(platform),
    buildArgs: new Map((values["build-arg"] ?? []).map(readBuildArg)),
    network: readNetwork(values.network),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string" },
        project: { type: "string" },
        target: { type: "string" },
        platform: { type: "string" },
        network: { type: "string" },
        "build-arg": { type: "string", multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readPlatform(text: string): Platform {
  const platform = parsePlatform(text);
  if (platform === undefined) {
    throw new UsageError(`--platform ${text} is not of the form os/architecture`);
  }
  return platform;
}

function readNetwork(text = "default"): ToolOptions["network"] {
  if (text === "host" || text === "none") {
    return text;
  }
  if (text !== "default") {
    throw new UsageError("--network is default, host, none");
  }
  return undefined;
}

function readBuildArg(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals < 1) {
    throw new UsageError(`--build-arg ${text} is not of the form NAME=value`);
  }
  return [text.slice(0, equals), text.slice(equals + 1)];
}

export const usage = `usage: docker run --rm -v "$PWD:/work" IMAGE init [DIR] [--print] [--frontend IMAGE]
       docker run --rm -v "$PWD:/work" IMAGE migrate [DIR] [--file FILE] [--print] [--frontend IMAGE]
       docker run --rm -i IMAGE COMMAND [OPTION]... < SPEC

commands
  init      write julia.toml and .dockerignore for the project in the mounted folder, or in its folder DIR; says what was
            chosen and why, and overwrites nothing. --print writes the spec to stdout alone
  migrate   write julia.toml for what the Dockerfile of the mounted folder, or FILE, does; says of its lines which became
            which key, which ones are not needed, and what has to be done by hand. DIR and the options are those of init
  check     check the spec, and the project if it is there; exit status 1 if anything is found
  plan      show what would be built
  llb       write the definition for \`buildctl build\`, or draw its graph
  schema    print the JSON Schema of the spec

options
  --project DIR          the build context (default: /project, if it is there)
  --target TARGET        ${targetNames.join(", ")} (default: ${defaultTarget.name})
  --platform PLATFORM    as os/architecture (default: that of this machine)
  --build-arg NAME=VALUE a build argument
  --network NETWORK      of the build's commands: default, host, none
  --format FORMAT        of check and plan: ${formats.plan.join(", ")}; of llb: ${formats.llb.join(", ")}
`;
