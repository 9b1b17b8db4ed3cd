import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { contextFolder } from "./context-folder.ts";
import { runTool } from "./run-tool.ts";

/** Where `docker run -v DIR:/project` mounts a build context. */
const usualContext = "/project";

/** Node's names of architectures where they are not those of OCI images. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Runs the tool in this process. Sets the exit status and lets the process end when all is written. */
export async function runToolInProcess(args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await runTool(args, {
    readStdin: () => text(process.stdin),
    openContext: (folder = existsSync(usualContext) ? usualContext : undefined) =>
      folder === undefined ? undefined : contextFolder(folder),
    platform: `linux/${architectures[process.arch] ?? process.arch}`,
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
}
