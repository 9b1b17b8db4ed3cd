import { marshal, type Output, type Platform } from "../buildkit/llb/index.ts";
import { type Place, take } from "../lower/place.ts";
import { readIgnoreFile } from "../project/ignore-file.ts";
import { UserError } from "../text/user-error.ts";
import { readOptional } from "./context-access.ts";
import { ignoreFileSource } from "./local-sources.ts";
import type { ContextOptions } from "./main-contexts.ts";
import { findContext, openFiles } from "./named-context.ts";
import { openReference } from "./open-reference.ts";

/** A package as the manifest names it. */
export interface NamedPackage {
  readonly name: string;
  readonly uuid: string;
}

export interface FoundContext {
  /** The name by which `--build-context` gives it. */
  readonly name: string;
  readonly value: string;
}

/** Names of contexts that stand for something else, whatever packages are called. */
const taken = ["base", "project"];

/**
 * Names by which `--build-context` replaces the sources of a path dependency. Docker's clients take image names only, which
 * have no capitals: so the package's name in lower case, or its UUID.
 */
export function dependencyContextNames({ name, uuid }: NamedPackage): readonly string[] {
  return [name.toLowerCase(), uuid].filter((each) => !taken.includes(each));
}

/** What was given in the place of a path dependency, if anything was. */
export function findDependencyContext(
  dependency: NamedPackage,
  contexts: ContextOptions["contexts"],
  platform: Platform,
): FoundContext | undefined {
  return findContext(contexts, dependencyContextNames(dependency), platform);
}

/** What takes the place of a path dependency. */
export interface Replacement {
  /** The UUID of the package. */
  readonly uuid: string;
  /** Name of the context. */
  readonly context: string;
  readonly files: Output;
}

/** What `--build-context` puts in the place of path dependencies. Rejects if that is no files, or meant for two of them. */
export async function openDependencyContexts(
  dependencies: readonly NamedPackage[],
  platform: Platform,
  options: ContextOptions,
): Promise<readonly Replacement[]> {
  const found = dependencies.flatMap(({ name, uuid }) => {
    const context = findDependencyContext({ name, uuid }, options.contexts, platform);
    return context === undefined ? [] : [{ uuid, context }];
  });
  const names = found.map(({ context }) => context.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UserError(`--build-context ${twice}: two packages have that name; name them by their UUIDs`);
  }
  return Promise.all(
    found.map(async ({ uuid, context }) => {
      return { uuid, context: context.name, files: await packageFiles(context, options) };
    }),
  );
}

/** The files of a context without what its own .dockerignore leaves out. */
async function packageFiles(found: FoundContext, options: ContextOptions): Promise<Output> {
  const place = await openFiles(found, options);
  const ignored = place.kind === "local" ? await ignoredIn(place, options) : [];
  return take(place, {
    name: `[context ${found.name}] load the package's files`,
    excludes: [...ignored, ".dockerignore", ".git"],
  });
}

async function ignoredIn(place: Place, { client, platform }: ContextOptions): Promise<readonly string[]> {
  const reference = await client.solve({ definition: marshal(ignoreFileSource(place), { platform }) });
  return readIgnoreFile((await readOptional(openReference(client, reference), ".dockerignore")) ?? "");
}
