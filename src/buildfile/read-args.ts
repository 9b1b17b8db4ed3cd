import type { TableNode } from "../text/toml/document.ts";

/**
 * Values of the declared arguments in this build: that of `--build-arg`, else the default. An argument whose default is
 * wrong counts as declared, so that one mistake is reported once.
 */
export function readArgs(
  document: TableNode,
  buildArgs: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const section = document.entries.get("args")?.value;
  const args = new Map<string, string>();
  if (section?.kind === "table") {
    for (const [name, { value }] of section.entries) {
      args.set(name, buildArgs.get(name) ?? (value.kind === "string" ? String(value.value) : ""));
    }
  }
  return args;
}
