import { posix } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { GatewayClient } from "../gateway/index.ts";
import { type Definition, headDigest, marshal, type Platform } from "../llb/index.ts";
import { readIgnoreFile } from "./ignore-file.ts";
import { decode, type ListedFolder, listFolder, readListed } from "./listed-folder.ts";
import { contextFilesSource, specSource } from "./local-sources.ts";
import type { Place } from "./place.ts";

export interface LoadedSpec {
  readonly file: SourceFile;
  /** The step that loads the spec; warnings are shown with it. */
  readonly vertex: string;
  /** What the ignore file that counts for this spec leaves out of the context. Still on its way when the spec is there. */
  readonly ignorePatterns: Promise<readonly string[]>;
  /** The context's root, with the files that a build reads. It is asked for with the spec: few projects are elsewhere. */
  readonly contextFiles: Promise<ListedFolder>;
}

export interface LoadOptions {
  readonly client: GatewayClient;
  /** Where the files of the project are. */
  readonly place: Place;
  /** The builder's own. */
  readonly platform: Platform;
}

/** Reads the spec, and asks for the files of the context that go with it. */
export async function loadSpec(
  spec: Place,
  filename: string,
  options: LoadOptions,
): Promise<LoadedSpec | Diagnostic> {
  const { client, platform } = options;
  const definition = marshal(specSource(spec, filename), { platform });
  const reference = client.solve({ definition });
  const contextFiles = client
    .solve({ definition: marshal(contextFilesSource(options.place), { platform }) })
    .then((root) => listFolder(client, root, "."));
  const specFolder = reference.then((root) => listFolder(client, root, posix.dirname(filename)));
  const ignorePatterns = readIgnorePatterns(client, filename, { specFolder, contextFiles });
  // Without a right spec the build ends before anyone looks at them.
  for (const promise of [contextFiles, ignorePatterns]) promise.catch(() => {});
  const text = await client.readFile(await reference, filename);
  if (text === undefined) {
    return missingSpec(filename);
  }
  const file = { name: filename, text: decode(text) };
  return { file, vertex: vertexOf(definition), ignorePatterns, contextFiles };
}

/** Those of the file named after the spec, else of the context's. */
async function readIgnorePatterns(
  client: GatewayClient,
  filename: string,
  folders: { readonly specFolder: Promise<ListedFolder>; readonly contextFiles: Promise<ListedFolder> },
): Promise<readonly string[]> {
  const [own, ofContext] = await Promise.all([
    folders.specFolder.then((folder) =>
      readListed(client, folder, `${posix.basename(filename)}.dockerignore`),
    ),
    folders.contextFiles.then((folder) => readListed(client, folder, ".dockerignore")),
  ]);
  const ignore = own ?? ofContext;
  return ignore === undefined ? [] : readIgnoreFile(ignore.text);
}

function vertexOf(definition: Definition): string {
  return headDigest(definition) ?? "";
}

function missingSpec(filename: string): Diagnostic {
  return {
    rule: "no-spec",
    severity: "error",
    message: "there is no such file",
    suggestion: "name the spec with -f, for example -f julia.toml",
    file: { name: filename, text: "" },
  };
}
