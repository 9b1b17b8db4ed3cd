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

/** The JSON Schema of the spec, for editors. */
export const schemaUrl = `${repository}/raw/main/schema/julia.schema.json`;
