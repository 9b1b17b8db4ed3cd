import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { SourceFile } from "../diagnostics/source-file.ts";
import { foldersUpwards } from "../project/find-files.ts";

/** What of the file system a command looks at. */
export interface ContextFiles {
  /** Files that may count for a project in `folder`, by their path in the context. */
  readonly projectTexts: (folder: string) => ReadonlyMap<string, SourceFile>;
  readonly readText: (path: string) => string | undefined;
}

/** Names under which Julia looks for a project's files (`project_names` and the like in base/loading.jl). */
const projectFileName = /^(?:Julia)?(?:Project|LocalPreferences|Manifest(?:-v\d+\.\d+)?)\.toml$/;

/** The folder of the machine that stands for the build context. */
export function contextFolder(root: string): ContextFiles {
  const readText = (path: string) => {
    try {
      return readFileSync(join(root, path), "utf8");
    } catch {
      return undefined;
    }
  };
  const projectTexts = (folder: string) => {
    const paths = foldersUpwards(folder).flatMap((parent) =>
      namesIn(join(root, parent)).map((name) => posix.join(parent, name)),
    );
    const texts = paths.map((path) => [path, { name: path, text: readText(path) ?? "" }] as const);
    return new Map(texts);
  };
  return { projectTexts, readText };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => projectFileName.test(name));
  } catch {
    return [];
  }
}
