/** Where the source and the documentation of this frontend can be read. The only place that names it. */
const repository = "https://github.com/julia-buildkit/frontend";

/** The page that explains a rule. */
export function rulePage(rule: string): string {
  return `${repository}/blob/main/docs/rules/${rule}.md`;
}

/** The JSON Schema of the spec, for editors. */
export const schemaUrl = `${repository}/raw/main/schema/julia.schema.json`;
