import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { GatewayClient, Reference } from "../gateway/index.ts";
import { type Definition, headDigest, marshal, type Platform } from "../llb/index.ts";
import { readIgnoreFile } from "./ignore-file.ts";
import { ignoreFileSource, specSource } from "./local-sources.ts";
import type { Place } from "./place.ts";

export interface LoadedSpec {
  readonly file: SourceFile;
  /** The step that loads the spec; warnings are shown with it. */
  readonly vertex: string;
  /** What the ignore file that counts for this spec leaves out of the context. Still on its way when the spec is there. */
  readonly ignorePatterns: Promise<readonly string[]>;
}

export interface LoadOptions {
  readonly client: GatewayClient;
  /** Where the files of the project are. */
  readonly place: Place;
  /** The builder's own. */
  readonly platform: Platform;
}

/** Reads the spec, and asks for the ignore file that goes with it. */
export async function loadSpec(
  spec: Place,
  filename: string,
  options: LoadOptions,
): Promise<LoadedSpec | Diagnostic> {
  const { client, platform } = options;
  const definition = marshal(specSource(spec, filename), { platform });
  const reference = client.solve({ definition });
  const ignorePatterns = readIgnorePatterns(reference, filename, options);
  // Without a right spec the build ends before anyone looks at them.
  ignorePatterns.catch(() => {});
  const text = await client.readFile(await reference, filename);
  if (text === undefined) {
    return missingSpec(filename);
  }
  return { file: { name: filename, text: decode(text) }, vertex: vertexOf(definition), ignorePatterns };
}

/** Those of the file named after the spec, else of the context's. */
async function readIgnorePatterns(
  spec: Promise<Reference>,
  filename: string,
  options: LoadOptions,
): Promise<readonly string[]> {
  const [own, ofContext] = await Promise.all([
    spec.then((reference) => options.client.readFile(reference, `${filename}.dockerignore`)),
    readContextIgnoreFile(options),
  ]);
  const ignore = own ?? ofContext;
  return ignore === undefined ? [] : readIgnoreFile(decode(ignore));
}

async function readContextIgnoreFile({
  client,
  place,
  platform,
}: LoadOptions): Promise<Uint8Array | undefined> {
  const reference = await client.solve({ definition: marshal(ignoreFileSource(place), { platform }) });
  return client.readFile(reference, ".dockerignore");
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

export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
