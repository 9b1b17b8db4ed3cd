import { isAtLeast, type JuliaVersion } from "../julia/julia-version.ts";

/** Names that Julia looks for in a project folder, the preferred one first (`project_names` in base/loading.jl). */
export const projectFileNames = ["JuliaProject.toml", "Project.toml"] as const;

/** Names of files with preferences, the preferred one first (`preferences_names` in base/loading.jl). */
export const preferencesFileNames = ["JuliaLocalPreferences.toml", "LocalPreferences.toml"] as const;

/** What `Pkg.test` runs, in the folder of the package (`testfile` in Operations.jl of Pkg). It accepts nothing else. */
export const testScript = "test/runtests.jl";

/**
 * Manifest names that a Julia version looks for, the preferred one first (`manifest_names` in base/loading.jl).
 * Names with a version are read since Julia 1.10.8 (Pkg.jl, docs/src/toml-files.md) on the 1.10 branch and since 1.11.
 */
export function manifestFileNames(julia: JuliaVersion): readonly string[] {
  const version = `v${julia.major}.${julia.minor}`;
  const versioned =
    julia.minor !== undefined && isAtLeast(julia, 1, 10, 8)
      ? [`JuliaManifest-${version}.toml`, `Manifest-${version}.toml`]
      : [];
  return [...versioned, "JuliaManifest.toml", "Manifest.toml"];
}

export function chooseProjectFile(folder: Iterable<string>): string | undefined {
  return firstPresent(projectFileNames, folder);
}

export function choosePreferencesFile(folder: Iterable<string>): string | undefined {
  return firstPresent(preferencesFileNames, folder);
}

/**
 * The manifest among the files of the project's folder. A project with a `manifest` key of its own
 * (`Project.declaredManifest`) is asked first; this is the answer if that key is absent or names no file
 * (`project_file_manifest_path` in base/loading.jl).
 */
export function chooseManifestFile(folder: Iterable<string>, julia: JuliaVersion): string | undefined {
  return firstPresent(manifestFileNames(julia), folder);
}

function firstPresent(names: readonly string[], folder: Iterable<string>): string | undefined {
  const present = new Set(folder);
  return names.find((name) => present.has(name));
}
