import type { Look, WantedPath } from "../project/looks.ts";
import { quote } from "../text/quote.ts";
import type { SourceFile } from "../text/source-file.ts";
import { UserError } from "../text/user-error.ts";
import { followLinks, type ListFolder } from "./follow-links.ts";

/** A build context to read a project from: one of BuildKit's, or a folder of this machine. */
export interface ContextAccess {
  /**
   * Gets files, so that they can be looked at. BuildKit has no more of a client's folder than it was asked for.
   *
   * @param paths with `*` for anything within one name
   */
  readonly open: (paths: readonly string[]) => Promise<OpenContext>;
}

export interface OpenContext {
  readonly list: ListFolder;
  /** The content of a file that is there. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

/** In bytes. A manifest of a thousand packages has a quarter of a megabyte. */
const largestProjectFile = 8 * 1024 * 1024;

export async function lookAt(context: OpenContext, { path, content }: WantedPath): Promise<Look> {
  const place = await followLinks(path, context.list);
  if (place.kind !== "file" || !content) {
    return place;
  }
  if (place.size > largestProjectFile) {
    return { kind: "too-large", bytes: place.size, limit: largestProjectFile };
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await context.read(place.path));
  const file: SourceFile = { name: path, text };
  return { kind: "file", path: place.path, links: place.links, file };
}

/**
 * A text that need not be there. To ask BuildKit for a file that is not there takes longer than to know what is. Rejects if it
 * is too large, or not in the context that a link to it is in.
 */
export async function readOptional(context: OpenContext, path: string): Promise<string | undefined> {
  const look = await lookAt(context, { path, content: true });
  switch (look.kind) {
    case "file":
      return look.file?.text;
    case "too-large":
      throw new UserError(`${path} has ${look.bytes} bytes, more than the ${look.limit} that are read`);
    case "outside":
      throw new UserError(
        `${quote(look.link)} is a link to ${quote(look.target)}, which is not in the build context`,
      );
    default:
      return undefined;
  }
}
