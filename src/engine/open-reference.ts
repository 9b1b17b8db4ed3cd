import type { GatewayClient, Reference } from "../buildkit/gateway/index.ts";
import { marshal, type Platform } from "../buildkit/llb/index.ts";
import type { Place } from "../lower/place.ts";
import type { ContextAccess, OpenContext } from "./context-access.ts";
import type { FolderEntry } from "./follow-links.ts";
import { furtherFilesSource, isContextFile } from "./local-sources.ts";

export interface BuildContextAccess {
  readonly client: GatewayClient;
  readonly place: Place;
  /** The builder's own. */
  readonly platform: Platform;
  /** What was loaded with the spec. */
  readonly root: Promise<OpenContext>;
}

/** The files of something that BuildKit has. Each folder is listed once. */
export function openReference(client: GatewayClient, reference: Reference): OpenContext {
  const listings = new Map<string, ReturnType<OpenContext["list"]>>();
  const list = async (folder: string) => {
    const entries = await client.readDir(reference, folder);
    return entries && new Map(entries.map((entry): [string, FolderEntry] => [entry.path, entry]));
  };
  return {
    list: (folder) => {
      const listing = listings.get(folder) ?? list(folder);
      listings.set(folder, listing);
      return listing;
    },
    read: async (path) => (await client.readFile(reference, path)) ?? new Uint8Array(),
  };
}

/** The build context of BuildKit. Of a client's folder the wanted files are sent; of anything else BuildKit has all. */
export function contextOfBuild({ client, place, platform, root }: BuildContextAccess): ContextAccess {
  return {
    open: async (paths) => {
      if (place.kind === "state" || paths.every(isContextFile)) {
        return root;
      }
      const definition = marshal(furtherFilesSource(place, paths), { platform });
      return openReference(client, await client.solve({ definition }));
    },
  };
}
