import { chownSync, existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { contextFolder } from "./context-folder.ts";
import type { WorkFolder } from "./first-spec/write-first-spec.ts";
import { runTool } from "./run-tool.ts";

/** Where `docker run -v DIR:/project` mounts a build context. */
const usualContext = "/project";

/** Where `docker run -v DIR:/work` mounts the folder that is to get a spec. */
const usualWorkFolder = "/work";

/** Node's names of architectures where they are not those of OCI images. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

function workFolder(root: string): WorkFolder {
  const { uid, gid } = statSync(root);
  const write = (name: string, text: string) => {
    const path = join(root, name);
    writeFileSync(path, text, { flag: "wx" });
    chownSync(path, uid, gid);
  };
  return { access: contextFolder(root), write };
}

/** Runs the tool in this process. Sets the exit status and lets the process end when all is written. */
export async function runToolInProcess(args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await runTool(args, {
    readStdin: () => text(process.stdin),
    openContext: (folder = existsSync(usualContext) ? usualContext : undefined) =>
      folder === undefined ? undefined : contextFolder(folder),
    workFolder: () => (existsSync(usualWorkFolder) ? workFolder(usualWorkFolder) : undefined),
    platform: `linux/${architectures[process.arch] ?? process.arch}`,
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
}
