import type { Output, State } from "./vertex.ts";

/** Paths are absolute or count from the root. */
export type FileAction = CopyAction | MkdirAction | MkfileAction | RmAction | SymlinkAction;

/** A number is an id; a name is looked up in the base's /etc/passwd or /etc/group. */
export interface Owner {
  readonly user?: number | string | undefined;
  readonly group?: number | string | undefined;
}

interface CreatedFile {
  /** 0:0, or for a copy the source's, by default. */
  readonly owner?: Owner | undefined;
  /** Modification time in nanoseconds since 1970; the present, or for a copy the source's, by default. */
  readonly timestamp?: bigint | undefined;
}

/** What actions make of the empty file system, within the operation that copies it. */
export interface MadeFiles {
  readonly made: readonly (MkdirAction | MkfileAction | SymlinkAction)[];
}

export interface CopyAction extends CreatedFile {
  readonly type: "copy";
  readonly from: State | MadeFiles;
  readonly src: string;
  /** A trailing slash makes it a directory. */
  readonly dest: string;
  /** Permission bits, or a change to them as `u+rw,go-w`; the source's by default. */
  readonly mode?: number | string | undefined;
  readonly followSymlink?: boolean | undefined;
  /** Copies what is in a directory, not the directory itself. */
  readonly directoryContents?: boolean | undefined;
  /** Extracts an archive instead of copying it. */
  readonly unpack?: boolean | undefined;
  readonly createDestination?: boolean | undefined;
  readonly wildcard?: boolean | undefined;
  /** A wildcard that matches nothing is no error. */
  readonly emptyWildcard?: boolean | undefined;
  readonly includePatterns?: readonly string[] | undefined;
  readonly excludePatterns?: readonly string[] | undefined;
  /** Paths that must be among those included. */
  readonly requiredPaths?: readonly string[] | undefined;
  /** Replaces what is there even by something of another type. */
  readonly replaceExisting?: boolean | undefined;
}

export interface MkdirAction extends CreatedFile {
  readonly type: "mkdir";
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly parents?: boolean | undefined;
}

export interface MkfileAction extends CreatedFile {
  readonly type: "mkfile";
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  /** Text is written as UTF-8. */
  readonly data: Uint8Array | string;
}

export interface RmAction {
  readonly type: "rm";
  readonly path: string;
  readonly allowNotFound?: boolean | undefined;
  readonly wildcard?: boolean | undefined;
}

export interface SymlinkAction extends CreatedFile {
  readonly type: "symlink";
  /** What the link points at, as it is written into it. */
  readonly target: string;
  readonly path: string;
}

export function isMade(source: CopyAction["from"]): source is MadeFiles {
  return source !== null && "made" in source;
}

/** Whether what is copied comes from another operation. */
export function isOutput(source: CopyAction["from"]): source is Output {
  return source !== null && !isMade(source);
}
