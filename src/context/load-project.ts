import { posix } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Reading } from "../diagnostics/reading.ts";
import { firstLine, type SourceFile, type Span } from "../diagnostics/source-file.ts";
import type { GatewayClient, Reference } from "../gateway/index.ts";
import { marshal } from "../llb/index.ts";
import type { PlaceFiles } from "../project/find-files.ts";
import { findProjectFiles, foldersUpwards } from "../project/find-files.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import { readLoadedProject } from "../project/read-loaded-project.ts";
import type { JuliaVersion } from "../spec/julia-version.ts";
import type { Spec } from "../spec/spec.ts";
import type { LoadOptions } from "./load-spec.ts";
import { decode } from "./load-spec.ts";
import { projectFilesSource } from "./local-sources.ts";

/**
 * Finds and reads the files of the spec's project.
 *
 * @param julia the Julia of the base image, as precise as it is known
 */
export async function loadProject(
  spec: Spec,
  julia: JuliaVersion | undefined,
  { client, session, platform }: LoadOptions,
): Promise<Reading<LoadedProject>> {
  const folders = foldersUpwards(spec.project);
  const definition = marshal(projectFilesSource(folders, session), { platform });
  const reference = await client.solve({ definition });
  const texts = await readFolders(client, reference, folders);
  const found = findProjectFiles(spec.project, texts, julia);
  if (found === undefined) {
    return { diagnostics: [missingProjectFile(spec)] };
  }
  const { value, diagnostics } = readLoadedProject(found, julia);
  const warnings = value !== undefined && found.manifest === undefined ? [missingManifest(spec, found)] : [];
  return { ...(value === undefined ? {} : { value }), diagnostics: [...diagnostics, ...warnings] };
}

/** The texts of all files that were loaded, by their path in the context. */
async function readFolders(
  client: GatewayClient,
  reference: Reference,
  folders: readonly string[],
): Promise<ReadonlyMap<string, SourceFile>> {
  const paths = await Promise.all(
    folders.map(async (folder) => {
      const entries = (await client.readDir(reference, folder)) ?? [];
      return entries.filter(({ kind }) => kind !== "directory").map(({ path }) => posix.join(folder, path));
    }),
  );
  const texts = await Promise.all(
    paths.flat().map(async (path) => {
      const bytes = await client.readFile(reference, path);
      return bytes === undefined ? [] : [[path, { name: path, text: decode(bytes) }] as const];
    }),
  );
  return new Map(texts.flat());
}

function missingProjectFile(spec: Spec): Diagnostic {
  const place =
    spec.project === "." ? "the build context" : `the folder ${spec.project} of the build context`;
  return {
    rule: "no-project",
    severity: "error",
    message: `there is no Project.toml in ${place}`,
    suggestion:
      "set `project` to the folder of your Project.toml, and see that .dockerignore does not leave it out",
    file: spec.file,
    span: spanOf(spec, "project"),
  };
}

function missingManifest(spec: Spec, { projectFile }: PlaceFiles): Diagnostic {
  return {
    rule: "no-manifest",
    severity: "warning",
    message: `there is no Manifest.toml beside ${projectFile.name}, so this build chooses the versions`,
    suggestion:
      "run `Pkg.resolve()` in the project and commit the Manifest.toml, or take the one that is put into the image",
    file: spec.file,
    span: spanOf(spec, "project"),
  };
}

function spanOf(spec: Spec, key: string): Span {
  return spec.spans.get(key) ?? firstLine(spec.file.text);
}
