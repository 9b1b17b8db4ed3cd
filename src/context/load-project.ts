import { posix } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Reading } from "../diagnostics/reading.ts";
import { firstLine, type SourceFile, type Span } from "../diagnostics/source-file.ts";
import type { GatewayClient, Reference } from "../gateway/index.ts";
import { marshal } from "../llb/index.ts";
import { chooseManifestFile, choosePreferencesFile, chooseProjectFile } from "../project/file-names.ts";
import type { Project } from "../project/project.ts";
import { readProject } from "../project/read-project.ts";
import type { JuliaVersion } from "../spec/julia-version.ts";
import type { Spec } from "../spec/spec.ts";
import type { LoadOptions } from "./load-spec.ts";
import { decode } from "./load-spec.ts";
import { projectFilesSource } from "./local-sources.ts";

export interface LoadedProject {
  readonly project: Project;
  /** Names of its files in the project's folder. */
  readonly fileNames: readonly string[];
}

/** Any Julia reads the manifest that is named without a version. */
const newestJulia: JuliaVersion = { major: 1 };

/**
 * Reads the files of the spec's project.
 *
 * @param julia the Julia of the base image, as precise as it is known
 */
export async function loadProject(
  spec: Spec,
  julia: JuliaVersion | undefined,
  { client, session, platform }: LoadOptions,
): Promise<Reading<LoadedProject>> {
  const definition = marshal(projectFilesSource(spec.project, session), { platform });
  const reference = await client.solve({ definition });
  const folder = (await client.readDir(reference, spec.project)) ?? [];
  const names = folder.filter(({ kind }) => kind !== "directory").map(({ path }) => path);
  const projectName = chooseProjectFile(names);
  if (projectName === undefined) {
    return { diagnostics: [missingProjectFile(spec)] };
  }
  const manifestName = chooseManifestFile(names, julia ?? newestJulia);
  if (manifestName === undefined) {
    return { diagnostics: [missingManifest(spec, projectName)] };
  }
  const preferencesName = choosePreferencesFile(names);
  const read = (name: string) => readText(client, reference, posix.join(spec.project, name));
  const [projectFile, manifest, localPreferences] = await Promise.all([
    read(projectName),
    read(manifestName),
    preferencesName === undefined ? undefined : read(preferencesName),
  ]);
  const texts = { projectFile, manifest, ...(localPreferences === undefined ? {} : { localPreferences }) };
  const { value: project, diagnostics } = readProject(texts, julia);
  const fileNames = [projectName, manifestName, ...(preferencesName === undefined ? [] : [preferencesName])];
  return project === undefined ? { diagnostics } : { value: { project, fileNames }, diagnostics };
}

async function readText(client: GatewayClient, reference: Reference, path: string): Promise<SourceFile> {
  const bytes = await client.readFile(reference, path);
  if (bytes === undefined) {
    throw new Error(`${path} was there and is gone`);
  }
  return { name: path, text: decode(bytes) };
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

function missingManifest(spec: Spec, projectName: string): Diagnostic {
  return {
    rule: "no-manifest",
    severity: "error",
    message: `there is no Manifest.toml beside ${posix.join(spec.project, projectName)}`,
    suggestion: "run `Pkg.resolve()` in the project and commit the Manifest.toml, which pins every version",
    file: spec.file,
    span: spanOf(spec, "project"),
  };
}

function spanOf(spec: Spec, key: string): Span {
  return spec.spans.get(key) ?? firstLine(spec.file.text);
}
