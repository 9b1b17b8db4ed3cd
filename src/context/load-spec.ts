import { posix } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { GatewayClient } from "../gateway/index.ts";
import { type Definition, headDigest, marshal, type Platform } from "../llb/index.ts";
import type { OpenContext } from "./context-access.ts";
import { decode } from "./decode.ts";
import { readIgnoreFile } from "./ignore-file.ts";
import { contextFilesSource, specSource } from "./local-sources.ts";
import { openReference } from "./open-reference.ts";
import type { Place } from "./place.ts";

export interface LoadedSpec {
  readonly file: SourceFile;
  /** The step that loads the spec; warnings are shown with it. */
  readonly vertex: string;
  /** What the ignore file that counts for this spec leaves out of the context. Still on its way when the spec is there. */
  readonly ignorePatterns: Promise<readonly string[]>;
  /** The context's root, with the files that a build reads. It is asked for with the spec: few projects are elsewhere. */
  readonly contextFiles: Promise<OpenContext>;
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
    .then((root) => openReference(client, root));
  const specFolder = reference.then((root) => openReference(client, root));
  const ignorePatterns = readIgnorePatterns(filename, { specFolder, contextFiles });
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
  filename: string,
  folders: { readonly specFolder: Promise<OpenContext>; readonly contextFiles: Promise<OpenContext> },
): Promise<readonly string[]> {
  const [own, ofContext] = await Promise.all([
    folders.specFolder.then((context) => readIfThere(context, `${filename}.dockerignore`)),
    folders.contextFiles.then((context) => readIfThere(context, ".dockerignore")),
  ]);
  return readIgnoreFile(own ?? ofContext ?? "");
}

/** To ask BuildKit for a file that is not there takes longer than to know what is. */
async function readIfThere({ list, read }: OpenContext, path: string): Promise<string | undefined> {
  const entry = (await list(posix.dirname(path)))?.get(posix.basename(path));
  return entry === undefined || entry.kind === "directory" ? undefined : decode(await read(path));
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
