import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inject } from "vitest";
import type { CommandResult } from "../engine/command.ts";
import type { DockerOptions, Engine } from "../engine/engine-client.ts";
import { type JuliaImage, juliaLine } from "../engine/julia/julia-image.ts";
import type { PkgServer } from "../engine/packages/pkg-server.ts";
import type { Files } from "../engine/resolver/project-request.ts";
import { readSteps, type Step, stepsRun } from "./build-log.ts";

/**
 * What a Julia that compiles at its start, or finds a compiled file out of date, says with `JULIA_DEBUG=loading`. Its own
 * libraries come compiled with several sets of flags, of which it rejects all but one.
 */
export const signsOfCompiling =
  /Precompiling|Recompiling|Rejecting (?:stale )?cache file (?!\/usr\/(?:local\/|share\/)+julia\/)|stale/i;

export interface BuildOptions {
  readonly args?: readonly string[];
  /** Name of the image; it is loaded into the engine's store. */
  readonly tag?: string;
  /** How the client is run. */
  readonly client?: DockerOptions;
}

export interface BuildResult {
  readonly code: number;
  readonly log: string;
  readonly steps: readonly Step[];
  /** Names of the steps whose program ran. */
  readonly ran: readonly string[];
}

/** A build context on disk, and a cache that no other scenario uses. */
export class Scenario {
  readonly engine: Engine;
  readonly folder: string;
  readonly cacheId: string;
  readonly image: string;

  private constructor(engine: Engine, folder: string, id: string) {
    this.engine = engine;
    this.folder = folder;
    this.cacheId = `test-${id}`;
    this.image = `julia-frontend-test-${id}`;
  }

  static async create(engine: Engine, files: Files): Promise<Scenario> {
    const id = randomBytes(6).toString("hex");
    const scenario = new Scenario(engine, await mkdtemp(join(tmpdir(), "julia-frontend-")), id);
    await scenario.write(files);
    return scenario;
  }

  async write(files: Files): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }

  /** Makes a symbolic link, in place of one that is there. */
  async link(name: string, target: string): Promise<void> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { force: true });
    await symlink(target, path);
  }

  /** Builds the folder through the `# syntax=` line of its `julia.toml`. */
  async build({ args = [], tag = this.image, client = {} }: BuildOptions = {}): Promise<BuildResult> {
    return this.buildWith(["--load", "-f", "julia.toml", "-t", tag, ...args, "."], client);
  }

  /** Runs `docker buildx build` in the folder with exactly these arguments. */
  async buildWith(args: readonly string[], options: DockerOptions = {}): Promise<BuildResult> {
    return this.buildx(["build", "--progress=plain", "--network=host", ...args], options);
  }

  /** Builds targets of the folder's `bake.json`. */
  async bake(...targets: readonly string[]): Promise<BuildResult> {
    const allowed = ["--allow=network.host", "--allow=fs.read=*"];
    return this.buildx(["bake", "--progress=plain", ...allowed, "-f", "bake.json", ...targets]);
  }

  /** Runs `docker buildx` in the folder, with a command that builds. */
  async buildx(args: readonly string[], options: DockerOptions = {}): Promise<BuildResult> {
    const { code, stdout, stderr } = await this.engine.docker(["buildx", ...args], {
      cwd: this.folder,
      check: false,
      ...options,
    });
    const log = `${stdout}${stderr}`;
    return { code, log, steps: readSteps(log), ran: stepsRun(log) };
  }

  /** Builds, and throws with the log if that fails. */
  async built(options: BuildOptions = {}): Promise<BuildResult> {
    const result = await this.build(options);
    if (result.code !== 0) {
      throw new Error(`the build failed\n${result.log}`);
    }
    return result;
  }

  /** Runs a command in the image without network. */
  run(command: readonly string[], options: readonly string[] = [], tag = this.image): Promise<CommandResult> {
    return this.engine.docker(["run", "--rm", "--network=none", ...options, tag, ...command], {
      check: false,
    });
  }

  /** Runs Julia code in the image as someone whose depot cannot be written and who has no home. */
  julia(code: string, options: readonly string[] = [], tag = this.image): Promise<CommandResult> {
    const strict = ["--read-only", "--user=4242", "--env=HOME=/nowhere", "--env=JULIA_DEBUG=loading"];
    return this.run(["-e", code], [...strict, ...options, "--entrypoint=julia"], tag);
  }

  /** Paths of regular files below a folder of the image, with the SHA-256 of each. */
  async files(folder: string, tag = this.image): Promise<ReadonlyMap<string, string>> {
    const find = ["find", folder, "-type", "f", "-exec", "sha256sum", "{}", "+"];
    const { stdout } = await this.run(find.slice(1), [`--entrypoint=${find[0]}`, "--user=0"], tag);
    const lines = stdout.split("\n").filter((line) => line !== "");
    return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await this.engine.docker(["image", "rm", "--force", this.image], { check: false });
  }
}

export interface SpecOptions {
  /** The Julia of the image that is built. */
  readonly julia: Pick<JuliaImage, "image">;
  readonly server: Pick<PkgServer, "url">;
  readonly cacheId: string;
  /** Lines at the top level. */
  readonly top?: string;
  /** Further tables. */
  readonly tables?: string;
  /** Further lines of `[pkg]`. */
  readonly pkg?: string;
  /** Variables of `[env]`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A spec as the scenarios use it: the Julia under test, the test's Pkg server, a cache of its own. */
export function specText({
  julia,
  server,
  cacheId,
  top = "",
  tables = "",
  pkg = "",
  env = {},
}: SpecOptions): string {
  const { frontend, smallBase } = inject("endToEnd");
  // BuildKit does not count the name of a cache mount when it looks for a result: without a difference that it sees, a
  // scenario would get the result of another one.
  const entries = Object.entries({ ...env, SCENARIO: cacheId }).map(
    ([name, value]) => `${name} = "${value}"`,
  );
  return `# syntax=${frontend}
${juliaLine(julia)}
${top}
[pkg]
server = "${server.url}"
${pkg}
[depot]
cache-id = "${cacheId}"
[env]
${entries.join("\n")}
${smallBase === "" ? tables : onSmallBase(tables, smallBase)}`;
}

/** The tables with a base for the image, unless they name one. */
function onSmallBase(tables: string, base: string): string {
  const line = `base = "${base}"`;
  if (/^\[image\]\nbase = /m.test(tables)) return tables;
  return /^\[image\]$/m.test(tables)
    ? tables.replace(/^\[image\]$/m, `[image]\n${line}`)
    : `[image]\n${line}\n${tables}`;
}
