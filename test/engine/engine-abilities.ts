import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "./engine-client.ts";

/** What an engine and its client can do beyond what the oldest can. They are asked. */
export interface Abilities {
  /** An error reaches the client with the lines of the file that it is about. Docker 20.10 passes on its message only. */
  readonly errorLines: boolean;
  /**
   * The contexts of `--build-context`, and with them what else BuildKit 0.10 and Docker 23.0 brought: limits of commands,
   * copies that leave files out, folders of git repositories, secrets as variables, warnings.
   */
  readonly namedContexts: boolean;
  /** A frontend can read a build context that comes from stdin: before BuildKit 0.18 and Docker 28.0 none can. */
  readonly stdinContexts: boolean;
  /** buildx asks a frontend questions with `--call`. */
  readonly call: boolean;
  /** `buildx bake` gives commands the network that a bake file names; those that do have `--allow`. */
  readonly bakeNetwork: boolean;
}

/** What to tell of an engine that lacks something. */
export const lacking: Readonly<Record<keyof Abilities, string>> = {
  errorLines: "it does not show the lines of a file that an error is about (Docker 23.0 does)",
  namedContexts: "it has no named contexts, limits of commands, or warnings (Docker 23.0 has)",
  stdinContexts: "it cannot hand on a build context from stdin (Docker 28.0 can)",
  call: "its buildx has no --call",
  bakeNetwork: "its buildx takes no network from a bake file",
};

export async function abilitiesOf(engine: Engine): Promise<Abilities> {
  const [byBuilds, byHelp, version] = await Promise.all([
    askedByBuilds(engine),
    askedByHelp(engine),
    majorVersion(engine),
  ]);
  return { ...byBuilds, ...byHelp, stdinContexts: version >= 28 };
}

/** Builds Dockerfiles that need nothing else than what is asked. */
async function askedByBuilds(engine: Engine): Promise<Pick<Abilities, "errorLines" | "namedContexts">> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-probe-"));
  const build = async (dockerfile: string, ...args: readonly string[]) => {
    const command = ["buildx", "build", "--progress=plain", "--output=type=cacheonly", ...args];
    return engine.docker([...command, "-f", "-", "."], { cwd: folder, input: dockerfile, check: false });
  };
  try {
    await writeFile(join(folder, "file"), "");
    const [faulty, named] = await Promise.all([
      build("FROM scratch\nNONSENSE\n"),
      build("FROM scratch\nCOPY --from=other file /\n", "--build-context=other=."),
    ]);
    return { errorLines: faulty.stderr.includes(">>> NONSENSE"), namedContexts: named.code === 0 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function askedByHelp(engine: Engine): Promise<Pick<Abilities, "call" | "bakeNetwork">> {
  const help = async (command: string) => (await engine.docker(["buildx", command, "--help"])).stdout;
  const [build, bake] = await Promise.all([help("build"), help("bake")]);
  return { call: build.includes("--call "), bakeNetwork: bake.includes("--allow ") };
}

/** Debian's engines do not tell which BuildKit they have. */
async function majorVersion(engine: Engine): Promise<number> {
  const { stdout } = await engine.docker(["version", "--format", "{{.Server.Version}}"]);
  return Number.parseInt(stdout, 10);
}
