/**
 * What to write instead of keys that a spec never had, but that people know from Dockerfiles, compose files and
 * Project.toml, by dotted path. Nearest spelling does not find these.
 */
export const foreignKeys: ReadonlyMap<string, string> = new Map([
  ["cmd", "set `main` to the script that the image runs, or `cmd` under [image]"],
  ["command", "set `main` to the script that the image runs"],
  ["compat", "it belongs into Project.toml"],
  ["dependencies", "dependencies belong into Project.toml, under [deps]"],
  ["depot.sharing", "builds that share a cache always wait for each other; apart they use a `cache-id` each"],
  ["deps", "it belongs into Project.toml"],
  ["entrypoint", "set `main` to the script that the image runs, or `entrypoint` under [image]"],
  ["environment", "write it as [env]"],
  ["from", "set `julia` to a version, or `base` to an image"],
  ["julia-version", "write it as `julia`"],
  ["julia_version", "write it as `julia`"],
  ["name", "it belongs into Project.toml; a label is set under [labels]"],
  ["spec", "the tag in the `# syntax=` line says which version of the spec this is"],
  ["uuid", "it belongs into Project.toml"],
  ["version", "the version of Julia is `julia`; that of the spec is the tag in the `# syntax=` line"],
  ["workdir", "set `path` to where the project is put in the image, or `workdir` under [image]"],
]);
