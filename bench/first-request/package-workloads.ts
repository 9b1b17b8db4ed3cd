import { parse, stringify } from "smol-toml";
import type { Files } from "../../test/engine/resolver/project-request.ts";

/**
 * The files with which packages leave out what they compile for the calls that their authors expect: a preference of each, as
 * PrecompileTools reads it. Julia heeds those of packages that the project names.
 */
export function withoutPackageWorkloads(project: Files): Files {
  const table = parse(project["Project.toml"] ?? "") as { deps?: Record<string, string> };
  const manifest = parse(project["Manifest.toml"] ?? "") as { deps?: Record<string, { uuid: string }[]> };
  const packages = Object.entries(manifest.deps ?? {}).map(([name, [entry]]) => [name, entry?.uuid ?? ""]);
  const indirect = packages.filter(([name = ""]) => table.deps?.[name] === undefined);
  const preferences = packages.map(([name]) => [name, { precompile_workload: false }]);
  return {
    "Project.toml": stringify({ ...table, extras: Object.fromEntries(indirect) }),
    "LocalPreferences.toml": stringify(Object.fromEntries(preferences)),
  };
}
