import { file, local, type Output, scratch } from "../buildkit/llb/index.ts";
import type { ApplicationStep } from "../plan/plan.ts";
import type { Copy } from "../project/layout.ts";

/** Files to build from: a folder of the client, of which parts can be asked for, or a file system that BuildKit gets elsewhere. */
export type Place =
  | {
      readonly kind: "local";
      readonly name: string;
      /** Absent for whoever will build the definition. */
      readonly session: string | undefined;
      readonly sharedKeyHint: string;
    }
  | { readonly kind: "state"; readonly state: Output };

export interface Selection {
  /** Line of the progress display. */
  readonly name: string;
  /** Patterns of what is taken; none: everything. */
  readonly includes?: readonly string[];
  readonly excludes?: readonly string[];
  /** Paths that are taken with what they link to. */
  readonly followPaths?: readonly string[];
  /** Keeps the daemon's copy of these files apart from that of others of the same folder. */
  readonly hint?: string | undefined;
  /** Few files, sent each time rather than compared. */
  readonly small?: boolean;
}

/** Exactly the selected files of a place, at their paths. */
export function take(place: Place, selection: Selection): Output {
  if (place.kind === "local") {
    return takeLocal(place, selection);
  }
  const { includes = [], excludes = [], name } = selection;
  if (includes.length === 0 && excludes.length === 0) {
    return place.state;
  }
  const copy = { type: "copy", from: place.state, src: "/", dest: "/", directoryContents: true } as const;
  return file(scratch, [{ ...copy, includePatterns: includes, excludePatterns: excludes }], { name });
}

/** At least the selected files of a place: enough to read from, without a copy. */
export function takeToRead(place: Place, selection: Selection): Output {
  return place.kind === "local" ? takeLocal(place, selection) : place.state;
}

function takeLocal(place: Extract<Place, { readonly kind: "local" }>, selection: Selection): Output {
  const { name, includes, excludes, followPaths, hint, small } = selection;
  return local(place.name, {
    name,
    session: place.session,
    includePatterns: includes,
    excludePatterns: excludes,
    followPaths,
    sharedKeyHint: hint ?? place.sharedKeyHint,
    ...(small ? { differ: { type: "none", required: false } as const } : {}),
  });
}

/** The folder that `docker buildx build` is called with. */
export function clientFolder(name: string, session: string | undefined): Place {
  return { kind: "local", name, session, sharedKeyHint: name };
}

/** Single files of the build context. */
export function filesSource(place: Place, files: readonly Copy[]): Output {
  const name = "[internal] load what the project depends on";
  const hint = place.kind === "local" ? `${place.sharedKeyHint}-julia-dependencies` : undefined;
  return take(place, { name, includes: files.map(({ from }) => from), hint, small: true });
}

/** The build context, as far as the project's step needs it. */
export function contextSource(
  place: Place,
  { folders, files, excludes }: Pick<ApplicationStep, "folders" | "files" | "excludes">,
): Output {
  const paths = [...folders, ...files].flatMap(({ from, context }) => (context === undefined ? [from] : []));
  const includes = paths.includes(".") ? [] : paths;
  return take(place, { name: "[internal] load build context", includes, excludes });
}
