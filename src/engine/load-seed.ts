import type { Spec } from "../buildfile/spec.ts";
import { statusOf } from "../buildkit/gateway/index.ts";
import {
  formatImageReference,
  image,
  type Output,
  type Platform,
  parseImageReference,
} from "../buildkit/llb/index.ts";
import { take } from "../lower/place.ts";
import type { ImageConfig } from "../plan/image-config.ts";
import { quote } from "../text/quote.ts";
import { UserError } from "../text/user-error.ts";
import { type BaseOptions, readConfig } from "./load-base.ts";
import { findContext, type NamedContext, ociLayoutState, openNamedContext } from "./named-context.ts";
import { withoutPassword } from "./remote.ts";

/** `--build-context depot-seed=…` beats the spec's seed. */
export const seedContext = "depot-seed";

/** An image from whose depot a build may start. */
export interface LoadedSeed {
  /** What messages call the seed: its image name, or the address of the context. */
  readonly name: string;
  /** The configuration of the image. Absent if it has none. */
  readonly config?: ImageConfig | undefined;
  /** Its file system. Absent if it cannot be had. */
  readonly state?: Output;
  /** Its lowest layers alone; absent where they cannot be had alone. */
  readonly lowest?: (layers: number) => Output;
  /** Why it cannot be had. */
  readonly problem?: string;
}

/** Finds the seed, if one was named. Does not reject: a build can do without. */
export async function loadSeed(
  spec: Spec,
  platform: Platform,
  options: BaseOptions,
): Promise<LoadedSeed | undefined> {
  const found = findContext(options.contexts, [seedContext], platform);
  const given = found && withoutPassword(found.value).replace(/^docker-image:\/\//, "");
  const name = given ?? spec.depot.seed;
  if (name === undefined) {
    return undefined;
  }
  try {
    const context: NamedContext =
      found === undefined ? { kind: "image", reference: name } : await openNamedContext(found, options);
    return await openSeed(name, context, platform, options);
  } catch (error) {
    return { name, problem: reasonOf(statusOf(error).message, name) };
  }
}

async function openSeed(
  name: string,
  context: NamedContext,
  platform: Platform,
  { client, resolveMode }: BaseOptions,
): Promise<LoadedSeed> {
  if (context.kind === "files") {
    const { config, place } = context;
    const state = take(place, { name: `[seed] ${name}` });
    return { name, config: config && readConfig(config), state: { ...state, platform } };
  }
  const ociLayout = context.kind === "oci-layout" ? context : undefined;
  const { digest, config } = await client.resolveImage({
    reference: context.reference,
    platform,
    resolveMode,
    logName: `[seed] load metadata for ${context.reference}`,
    ociLayout,
  });
  if (ociLayout !== undefined) {
    return { name, config: readConfig(config), state: ociLayoutState(ociLayout, platform, "seed") };
  }
  const reference = pinned(context.reference, digest);
  return {
    name,
    config: readConfig(config),
    state: image(reference, { name: `[seed] ${name}`, platform, resolveMode }),
    lowest: (layerLimit) =>
      image(reference, {
        name: `[seed] base image and depot of ${name}`,
        platform,
        resolveMode,
        layerLimit,
      }),
  };
}

/** By the digest that its name had now: it may be pushed again while this build runs. */
function pinned(reference: string, digest: string): string {
  const parsed = parseImageReference(reference);
  if (parsed === undefined) {
    throw new UserError(`${quote(reference)} is no image name`);
  }
  return digest === "" ? reference : formatImageReference({ ...parsed, digest });
}

/** An error in one line, without the name that stands before it wherever it is shown. */
function reasonOf(message: string, name: string): string {
  const [line = ""] = message.split("\n", 1);
  return line.startsWith(`${name}: `) ? line.slice(name.length + 2) : line;
}
