import manifest from "../../package.json" with { type: "json" };

/** Version of the frontend. */
export const version: string = manifest.version;

/** Version of the spec language: the frontend's major version, and the tag of its image. Before 1.0 it is the coming 1. */
export const specVersion: number = Math.max(1, Number.parseInt(version, 10));

/** Where the source and the documentation of this frontend can be read. The only place that names it. */
const repository = "https://github.com/julia-buildkit/frontend";

/** The page that explains a rule. */
export function rulePage(rule: string): string {
  return `${repository}/blob/main/docs/rules/${rule}.md`;
}

/** The reference of the spec. */
export const referencePage = `${repository}/blob/main/docs/reference.md`;

/** Where the reference explains a key, by the key's path. */
export function keyPage(path: string): string {
  return `${referencePage}#${keyAnchor(path)}`;
}

/** The anchor that GitHub makes of a key's heading: punctuation goes, but for hyphens. */
export function keyAnchor(path: string): string {
  return path.replaceAll(".", "");
}

/** The JSON Schema of the spec, for editors: at the host that sends the file itself, since not every editor follows another. */
export const schemaUrl = `${repository.replace("github.com", "raw.githubusercontent.com")}/main/schema/julia.schema.json`;
