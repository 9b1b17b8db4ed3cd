import { source } from "../source.ts";
import type { Output, VertexOptions } from "../vertex.ts";

export interface LocalOptions extends VertexOptions {
  /** Session of the client that has the folder. Without one the definition needs a localUniqueId. */
  readonly session?: string | undefined;
  /** Transfers only what matches one of these patterns. */
  readonly includePatterns?: readonly string[] | undefined;
  /** Leaves out what matches one of these patterns. */
  readonly excludePatterns?: readonly string[] | undefined;
  /** Transfers only these paths and what they link to. */
  readonly followPaths?: readonly string[] | undefined;
  /** Transfers with the same hint share a copy on the daemon, so that later ones are incremental. */
  readonly sharedKeyHint?: string | undefined;
  /** `none` sends every file again. */
  readonly differ?:
    | { readonly type: "none" | "metadata"; readonly required?: boolean | undefined }
    | undefined;
}

/** A folder of the client, such as the build context. */
export function local(name: string, options: LocalOptions = {}): Output {
  const { session, includePatterns, excludePatterns, followPaths, sharedKeyHint, differ, ...vertexOptions } =
    options;
  const attributes = {
    "local.session": session || undefined,
    "local.includepattern": patternList(includePatterns),
    "local.followpaths": patternList(followPaths),
    "local.excludepatterns": patternList(excludePatterns),
    "local.sharedkeyhint": sharedKeyHint || undefined,
  };
  const capabilities: string[] = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [capabilityOf[name as keyof typeof attributes]],
  );
  if (differ?.required) capabilities.push("source.local.differ");
  const allAttributes = {
    ...attributes,
    "local.differ": differ?.type,
  };
  return source(`local://${name}`, allAttributes, [...capabilities, "source.local"], vertexOptions);
}

const capabilityOf = {
  "local.session": "source.local.sessionid",
  "local.includepattern": "source.local.includepatterns",
  "local.followpaths": "source.local.followpaths",
  "local.excludepatterns": "source.local.excludepatterns",
  "local.sharedkeyhint": "source.local.sharedkeyhint",
} as const satisfies Record<string, string>;

/** JSON as Go writes it: with the characters that HTML or JavaScript treats specially escaped. */
function patternList(patterns: readonly string[] | undefined): string | undefined {
  if (patterns === undefined || patterns.length === 0) return undefined;
  return JSON.stringify(patterns).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
