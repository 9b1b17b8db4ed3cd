import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { GatewayClient } from "../gateway/index.ts";
import { type Definition, headDigest, marshal, type Platform } from "../llb/index.ts";
import { readIgnoreFile } from "./ignore-file.ts";
import { ignoreFileSource, specSource } from "./local-sources.ts";
import type { Place } from "./place.ts";

export interface LoadedSpec {
  readonly file: SourceFile;
  /** The step that loads the spec; warnings are shown with it. */
  readonly vertex: string;
  /** What the ignore file that counts for this spec leaves out of the context. */
  readonly ignorePatterns: readonly string[];
}

export interface LoadOptions {
  readonly client: GatewayClient;
  /** Where the files of the project are. */
  readonly place: Place;
  /** The builder's own. */
  readonly platform: Platform;
}

/** Reads the spec and the ignore file: the one named after the spec, else that of the context. */
export async function loadSpec(
  spec: Place,
  filename: string,
  options: LoadOptions,
): Promise<LoadedSpec | Diagnostic> {
  const { client, platform } = options;
  const definition = marshal(specSource(spec, filename), { platform });
  const contextIgnore = readContextIgnoreFile(options);
  const reference = await client.solve({ definition });
  const [text, ownIgnore, fallbackIgnore] = await Promise.all([
    client.readFile(reference, filename),
    client.readFile(reference, `${filename}.dockerignore`),
    contextIgnore,
  ]);
  if (text === undefined) {
    return missingSpec(filename);
  }
  const ignore = ownIgnore ?? fallbackIgnore;
  return {
    file: { name: filename, text: decode(text) },
    vertex: vertexOf(definition),
    ignorePatterns: ignore === undefined ? [] : readIgnoreFile(decode(ignore)),
  };
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
