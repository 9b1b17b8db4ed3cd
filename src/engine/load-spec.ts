import type { GatewayClient } from "../buildkit/gateway/index.ts";
import { type Definition, headDigest, marshal, type Platform } from "../buildkit/llb/index.ts";
import type { Place } from "../lower/place.ts";
import { readIgnoreFile } from "../project/ignore-file.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { quote } from "../text/quote.ts";
import type { SourceFile } from "../text/source-file.ts";
import { type OpenContext, readOptional } from "./context-access.ts";
import { decode } from "./decode.ts";
import { followLinks } from "./follow-links.ts";
import { contextFilesSource, specSource } from "./local-sources.ts";
import { openReference } from "./open-reference.ts";

/** More than a spec may have (the rule spec-too-large), and less than what takes long to read. */
const mostSpecBytes = 1024 * 1024;

export interface LoadedSpec {
  readonly file: SourceFile;
  /** The step that loads the spec; warnings are shown with it. */
  readonly vertex: string;
  /** What the ignore file that counts for this spec leaves out of the context. Still on its way when the spec is there. */
  readonly ignorePatterns: Promise<readonly string[]>;
  /** The context with the files that most builds read. It is asked for with the spec: few projects are not in the root. */
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
  const text = await client.readFileStart(await reference, filename, mostSpecBytes);
  if (text === undefined) {
    return missingSpec(filename, await linkOf(await specFolder, filename));
  }
  const file = { name: filename, text: decode(text) };
  return { file, vertex: vertexOf(definition), ignorePatterns, contextFiles };
}

/** The patterns of the ignore file that is named after the spec or, if there is none, of the context's own. */
async function readIgnorePatterns(
  filename: string,
  folders: { readonly specFolder: Promise<OpenContext>; readonly contextFiles: Promise<OpenContext> },
): Promise<readonly string[]> {
  const [own, ofContext] = await Promise.all([
    folders.specFolder.then((context) => readOptional(context, `${filename}.dockerignore`)),
    folders.contextFiles.then((context) => readOptional(context, ".dockerignore")),
  ]);
  return readIgnoreFile(own ?? ofContext ?? "");
}

/** What the spec's name points at, if it is a link that leads out of its folder. */
async function linkOf({ list }: OpenContext, filename: string): Promise<string | undefined> {
  const place = await followLinks(filename, list);
  return place.kind === "outside" ? place.target : undefined;
}

function vertexOf(definition: Definition): string {
  return headDigest(definition) ?? "";
}

function missingSpec(filename: string, target: string | undefined): Diagnostic {
  return {
    rule: "no-spec",
    severity: "error",
    message:
      target === undefined
        ? "there is no such file"
        : `the file is a link to ${quote(target)}, which is not in the build context`,
    suggestion: "name the spec with -f, for example -f julia.toml",
    file: { name: filename, text: "" },
  };
}
