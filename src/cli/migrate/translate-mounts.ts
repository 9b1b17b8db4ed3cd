import type { DockerInstruction } from "./dockerfile.ts";
import { type Finding, leftOver, needless } from "./finding.ts";

/** The `--mount` of a RUN, and its other flags. */
export function translateMounts({ flags, line }: DockerInstruction): readonly Finding[] {
  return flags.map(({ name, value }) => {
    const what = `RUN --${name}=${value}`;
    if (name !== "mount")
      return leftOver(
        line,
        what,
        "a build says it for all its steps: docker buildx build --network …, and --security has no counterpart",
      );
    const fields = new Map(
      value.split(",").map((field) => [field.split("=", 1)[0] ?? "", field.slice(field.indexOf("=") + 1)]),
    );
    return mountFinding(what, line, fields);
  });
}

function mountFinding(what: string, line: number, fields: ReadonlyMap<string, string>): Finding {
  const target = fields.get("target") ?? fields.get("dst") ?? fields.get("destination");
  switch (fields.get("type") ?? "bind") {
    case "cache":
      return /\/(?:apt|dpkg)\b/.test(target ?? "")
        ? needless(
            line,
            what,
            "apt's files are not in the image, and its packages are installed in a step that is cached",
          )
        : needless(
            line,
            what,
            "the build has a cache of its own, from which the image gets what the manifest needs and no more",
          );
    case "secret":
      return leftOver(
        line,
        what,
        `if packages are fetched with it: ${secretKey(fields, target)}, or [pkg] auth for the token of a Pkg server; docs/private-packages.md says how`,
      );
    case "ssh":
      return leftOver(
        line,
        what,
        "if packages are fetched with it: [ssh] with `known-hosts`; docs/private-packages.md says how",
      );
    case "tmpfs":
      return needless(line, what, "what a step leaves beside the project and the depot is not in the image");
    default:
      if (fields.has("from"))
        return leftOver(
          line,
          what,
          "files of another image have to be in the base: build one with them, and name it as `base`",
        );
      return needless(line, what, "the build sees the project's folder");
  }
}

/** Without a target, a secret is in `/run/secrets` (Dockerfile reference, "RUN --mount=type=secret"). */
function secretKey(fields: ReadonlyMap<string, string>, target: string | undefined): string {
  const id = fields.get("id") ?? "ID";
  const use = target ?? (fields.has("env") ? undefined : `/run/secrets/${id}`);
  return `[secrets.${id}] with \`${use === undefined ? `env = "${fields.get("env")}"` : `target = "${use}"`}\``;
}
