import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "./engine-client.ts";

/** What an engine can do beyond what the oldest can. It is asked, by builds of Dockerfiles that need nothing else. */
export interface Abilities {
  /** An error reaches the client with the lines of the file that it is about. Docker 20.10 passes on its message only. */
  readonly errorLines: boolean;
  /**
   * The contexts of `--build-context`, and with them what else BuildKit 0.10 and Docker 23.0 brought: limits of commands,
   * copies that leave files out, folders of git repositories, warnings.
   */
  readonly namedContexts: boolean;
}

/** What to tell of an engine that lacks something. */
export const lacking: Readonly<Record<keyof Abilities, string>> = {
  errorLines: "it does not show the lines of a file that an error is about (Docker 23.0 does)",
  namedContexts: "it has no named contexts, limits of commands, or warnings (Docker 23.0 has)",
};

export async function abilitiesOf(engine: Engine): Promise<Abilities> {
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
