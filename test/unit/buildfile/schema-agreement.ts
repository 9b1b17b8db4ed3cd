import { Ajv } from "ajv";
import { parse } from "smol-toml";
import { expect } from "vitest";
import { specSchema } from "../../../src/buildfile/json-schema.ts";
import type { Diagnostic } from "../../../src/text/diagnostic.ts";

/** In ajv's strict mode, in which SchemaStore tests schemas: it throws for what is unusual in the schema itself. */
const validate = new Ajv({ strict: true, allErrors: true }).compile(specSchema() as object);

/** What the schema finds wrong with a spec, a line each: `/julia must be string`. */
export function schemaErrors(text: string): readonly string[] {
  return validate(parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/**
 * Whether a schema can find what a diagnostic says. What a string becomes by substitution, and what its format says beyond
 * the pattern (the diagnostic has words of its own for it then), it cannot.
 */
function isSeenBySchema({ rule, message, suggestion }: Diagnostic): boolean | "perhaps" {
  switch (rule) {
    case "unknown-key":
    case "renamed-key":
    case "invalid-name":
    case "missing-julia":
      return true;
    case "wrong-type":
      return !message.includes("after substitution");
    case "invalid-value":
      return (
        suggestion === undefined ||
        suggestion.startsWith("it must be ") ||
        message.includes(" needs ") ||
        "perhaps"
      );
    default:
      return false;
  }
}

/** The schema refuses a spec if and only if the reader finds something that a schema can find. */
export function expectSchemaToAgree(text: string, diagnostics: readonly Diagnostic[]): void {
  const isToml = !diagnostics.some(({ rule }) => rule.startsWith("toml-") || rule === "spec-too-large");
  const seen = diagnostics.map(isSeenBySchema);
  if (!isToml || (seen.includes("perhaps") && !seen.includes(true))) return;
  expect(schemaErrors(text).length > 0, `${text}\n${schemaErrors(text).join("\n")}`).toBe(
    seen.includes(true),
  );
}
