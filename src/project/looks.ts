import type { SourceFile } from "../text/source-file.ts";

/** What is at a path of the build context, once links are followed. */
export type Look =
  | FoundFile
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "absent" }
  /** A link leads out of the context. */
  | { readonly kind: "outside"; readonly link: string; readonly target: string }
  | { readonly kind: "too-large"; readonly bytes: number; readonly limit: number };

export interface FoundFile {
  readonly kind: "file";
  /** Where the file is; another path than the one that was looked at if that leads through a link. */
  readonly path: string;
  /** The links that lead to it, in their order; the last one to the file. */
  readonly links: readonly string[];
  /** Absent where only its being there counts. Its name is the path that was looked at. */
  readonly file?: SourceFile;
}

export interface WantedPath {
  /** Clean, and inside the context. */
  readonly path: string;
  /** Whether the text counts, or only that there is something. */
  readonly content: boolean;
}

/** By path in the context, clean. Where nobody looked there is none. */
export type Looks = ReadonlyMap<string, Look>;

/** What was looked at in a build context for one project. */
export interface ProjectLooks {
  /** The project's folder without links; that of the spec if it is not there. */
  readonly folder: string;
  readonly looks: Looks;
}

/** The files that were read, by the path by which they were looked for. */
export function textsOf(looks: Looks): ReadonlyMap<string, SourceFile> {
  return new Map(
    [...looks].flatMap(([path, look]) =>
      look.kind === "file" && look.file !== undefined ? [[path, look.file] as const] : [],
    ),
  );
}

/** Looks that found these texts and nothing else. */
export function looksAt(texts: Iterable<SourceFile>): Looks {
  return new Map(
    [...texts].map((file) => [file.name, { kind: "file", path: file.name, links: [], file }] as const),
  );
}
