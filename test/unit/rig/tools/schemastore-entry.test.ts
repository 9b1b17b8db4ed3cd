import { expect, it } from "vitest";
import { specSchema } from "../../../../src/buildfile/json-schema.ts";
import { schemaStoreEntry } from "../../../tools/schemastore-entry.ts";

// What SchemaStore's cli.js asks of an entry of its catalog, and of a schema, when a change is offered.
const { name, description, fileMatch, url } = schemaStoreEntry;

it.each([name, description])("SchemaStore takes the text %j", (text) => {
  expect(text).not.toMatch(/schema|\n|[,. \t-]$/iu);
});

it.each(fileMatch)("SchemaStore takes the pattern %s: names of files, without folders", (pattern) => {
  expect(pattern).toMatch(/^(?:\*\.)?[a-z.]+\.toml$/);
});

it("the schema is of draft 7, and its id is the address in the catalog", () => {
  expect(specSchema()).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#", $id: url });
  expect(url).toMatch(/^https:\/\/raw\.githubusercontent\.com\/.*\/schema\/julia\.schema\.json$/);
});
