import type { OperationJson } from "../../src/buildkit/llb/definition-json.ts";

const archivePath = "/programs.tar.gz";

/**
 * A definition in a form that a person can review: steps have numbers instead of digests, text is text, and of the programs
 * that every build ships, which have tests of their own, only the folder is named.
 */
export function readableDefinition(operations: readonly OperationJson[]): readonly object[] {
  const numbers = new Map(operations.map(({ digest }, index) => [digest, `step ${index + 1}`]));
  return operations.map(({ op, metadata }, index) => ({
    step: `step ${index + 1}`,
    ...(JSON.parse(JSON.stringify({ op, metadata }), (key, value) => {
      if (key === "mkfile" && value.path === archivePath)
        return { ...value, data: ["programs of src/julia"] };
      if (key === "data" && typeof value === "string")
        return Buffer.from(value, "base64").toString().split("\n");
      return typeof value === "string" ? (numbers.get(value) ?? value) : value;
    }) as object),
  }));
}
