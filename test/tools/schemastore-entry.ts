import { schemaUrl } from "../../src/text/product.ts";

/**
 * The entry for SchemaStore's catalog, from which editors learn which schema a file has
 * (https://github.com/SchemaStore/schemastore/blob/master/src/api/json/catalog.json). The schema itself stays here.
 */
export const schemaStoreEntry = {
  name: "julia.toml",
  description: "Container image of a Julia project, built by BuildKit",
  fileMatch: ["julia.toml", "*.julia.toml"],
  url: schemaUrl,
} as const;
