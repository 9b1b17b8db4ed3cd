import {
  formatImageReference,
  type Output,
  ociLayout,
  type Platform,
  parseImageReference,
} from "../buildkit/llb/index.ts";
import type { Place } from "../lower/place.ts";
import { contextName } from "../request/context-request.ts";
import { formatPlatform } from "../request/platforms.ts";
import { quote } from "../text/quote.ts";
import { UserError } from "../text/user-error.ts";
import { inputState } from "./input-state.ts";
import type { ContextOptions } from "./main-contexts.ts";
import { remoteFiles } from "./remote.ts";

/** What `--build-context` puts in the place of something. */
export type NamedContext =
  | { readonly kind: "image"; readonly reference: string }
  | OciLayout
  | { readonly kind: "files"; readonly place: Place; readonly config?: Uint8Array };

/** An image in a folder of the client. */
export interface OciLayout {
  readonly kind: "oci-layout";
  /** A name for people, with the digest. */
  readonly reference: string;
  readonly session: string;
  readonly store: string;
}

/** The value of the first of these names that was given, that for the platform before that for all. */
export function findContext(
  { named }: Pick<ContextOptions["contexts"], "named">,
  names: readonly string[],
  platform: Platform,
): { readonly name: string; readonly value: string } | undefined {
  const keys = names
    .map(contextName)
    .flatMap((name) => [`${name}::${formatPlatform(platform)}`, name].map((key) => ({ name, key })));
  const found = keys.find(({ key }) => named.has(key));
  return found && { name: found.name, value: named.get(found.key) ?? "" };
}

/** Reads a value as BuildKit's clients write it (frontend/dockerui, namedcontext.go). Rejects if it cannot be had. */
export async function openNamedContext(
  { name, value }: { readonly name: string; readonly value: string },
  options: ContextOptions,
): Promise<NamedContext> {
  const { contexts, environment } = options;
  const rest = value.slice(value.indexOf(":") + 1);
  if (value.startsWith("docker-image://")) {
    return { kind: "image", reference: imageName(name, rest.slice(2)) };
  }
  if (value.startsWith("oci-layout://")) {
    return ociLayoutOf(name, rest.slice(2), environment.sessionId);
  }
  if (value.startsWith("local:")) {
    const session = contexts.sessions.get(rest) ?? environment.sessionId;
    const sharedKeyHint = ["context:", rest, contexts.sharedKeys.get(rest)].filter(Boolean).join("-");
    return { kind: "files", place: { kind: "local", name: rest, session, sharedKeyHint } };
  }
  if (value.startsWith("input:")) {
    return inputContext(name, rest, options);
  }
  const { state } = await remoteFiles(value, { ...options, ...contexts });
  return { kind: "files", place: { kind: "state", state } };
}

function imageName(name: string, text: string): string {
  const parsed = parseImageReference(text);
  if (parsed === undefined) {
    throw new UserError(`--build-context ${name}: ${quote(text)} is no image name`);
  }
  return formatImageReference(parsed);
}

function ociLayoutOf(name: string, text: string, session: string): OciLayout {
  const [, store = "", digest] = /^([^@]+?)(?::[\w][\w.-]*)?@(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  if (digest === undefined) {
    throw new UserError(`--build-context ${name}: an oci-layout has to be named with its digest`);
  }
  const forPeople = parseImageReference(name)?.name ?? "docker.io/library/context";
  return { kind: "oci-layout", reference: `${forPeople}@${digest}`, session, store };
}

/** @param purpose the word in brackets of the progress display, such as `base` */
export function ociLayoutState(
  { reference, session, store }: OciLayout,
  platform: Platform,
  purpose: string,
): Output {
  return ociLayout(reference, { session, store, platform, name: `[${purpose}] ${reference}` });
}

/** A context in whose place an image cannot be. Rejects if it is one. */
export async function openFiles(
  found: { readonly name: string; readonly value: string },
  options: ContextOptions,
): Promise<Place> {
  const context = await openNamedContext(found, options);
  if (context.kind !== "files") {
    throw new UserError(`--build-context ${found.name}: has to be files, not an image`);
  }
  return context.place;
}

/** The result of another target of a bake file. */
async function inputContext(name: string, input: string, options: ContextOptions): Promise<NamedContext> {
  const definition = (await options.client.inputs()).get(input);
  if (definition === undefined) {
    throw new UserError(`--build-context ${name}: the client sends no input ${input}`);
  }
  const state = inputState(definition, name);
  const config = configOf(options.contexts.inputMetadata.get(input));
  return {
    kind: "files",
    place: { kind: "state", state },
    ...(config === undefined ? {} : { config }),
  };
}

/** `{"containerimage.config": "<base64>"}` */
function configOf(metadata: string | undefined): Uint8Array | undefined {
  if (metadata === undefined) {
    return undefined;
  }
  try {
    const text: unknown = JSON.parse(metadata)?.["containerimage.config"];
    return typeof text === "string" ? Buffer.from(text, "base64") : undefined;
  } catch (error) {
    throw new UserError(`the client sends metadata of an input that is no JSON: ${error}`);
  }
}
