import { posix } from "node:path";
import { local, type Output } from "../llb/index.ts";

/** The spec and the ignore file that belongs to it, from the folder of the spec. */
export function specSource(filename: string, session: string): Output {
  return local("dockerfile", {
    name: `[internal] load spec from ${filename}`,
    session,
    followPaths: [filename, `${filename}.dockerignore`],
    sharedKeyHint: "dockerfile",
    differ: { type: "none", required: false },
  });
}

/** The ignore file of the context. */
export function ignoreFileSource(session: string): Output {
  return local("context", {
    name: "[internal] load .dockerignore",
    session,
    followPaths: [".dockerignore"],
    sharedKeyHint: "context-.dockerignore",
    differ: { type: "none", required: false },
  });
}

/** Names under which Julia looks for a project's files; which of them counts is decided when they are read. */
const projectFilePatterns = [
  "Project.toml",
  "JuliaProject.toml",
  "*Manifest*.toml",
  "*LocalPreferences.toml",
];

/** The files in these folders that say what a project depends on. */
export function projectFilesSource(folders: readonly string[], session: string): Output {
  return local("context", {
    name: "[internal] load Project.toml and Manifest.toml",
    session,
    includePatterns: folders.flatMap((folder) =>
      projectFilePatterns.map((pattern) => posix.join(folder, pattern)),
    ),
    sharedKeyHint: "context-julia-project",
  });
}

export interface ContextSourceOptions {
  readonly session: string | undefined;
  /** Paths that are taken; empty: everything. */
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

/** The build context, as far as the image needs it. */
export function contextSource({ session, includes, excludes }: ContextSourceOptions): Output {
  return local("context", {
    name: "[internal] load build context",
    session,
    includePatterns: includes,
    excludePatterns: excludes,
    sharedKeyHint: "context",
  });
}
