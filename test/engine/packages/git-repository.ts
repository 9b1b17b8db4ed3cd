import { mkdir } from "node:fs/promises";
import { runChecked } from "../command.ts";
import { entryContent, type FileMap } from "./git-tree.ts";

export interface GitRepository {
  /** A bare repository. */
  readonly folder: string;
  /** Makes these files, and no others, the content of the branch `main`. Returns the commit's hash. */
  commit(files: FileMap): Promise<string>;
}

const MODES = { file: "100644", executable: "100755", symlink: "120000" } as const;

/** Makes an empty bare repository with the program `git`. */
export async function makeGitRepository(folder: string): Promise<GitRepository> {
  await mkdir(folder, { recursive: true });
  await runChecked("git", ["init", "--quiet", "--bare", "--initial-branch=main", folder]);
  let earlier = false;
  return {
    folder,
    commit: async (files) => {
      await runChecked("git", ["-C", folder, "fast-import", "--quiet"], {
        input: importStream(files, earlier),
      });
      earlier = true;
      const { stdout } = await runChecked("git", ["-C", folder, "rev-parse", "refs/heads/main"]);
      return stdout.trim();
    },
  };
}

/** One commit in the format of git-fast-import(1). */
function importStream(files: FileMap, earlier: boolean): Buffer {
  const data = (bytes: Uint8Array) => [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from("\n")];
  const head = [
    "commit refs/heads/main\ncommitter Test <test@example.com> 1 +0000\ndata 5\nState\n",
    earlier ? "from refs/heads/main^0\n" : "",
    "deleteall\n",
  ].join("");
  const entries = Object.entries(files).flatMap(([path, entry]) => {
    const { kind, bytes } = entryContent(entry);
    return [Buffer.from(`M ${MODES[kind]} inline ${path}\n`), ...data(bytes)];
  });
  return Buffer.concat([Buffer.from(head), ...entries]);
}
