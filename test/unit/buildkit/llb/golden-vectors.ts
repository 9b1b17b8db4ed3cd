import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OperationJson } from "../../../../src/buildkit/llb/definition-json.ts";

/** A definition made by BuildKit's own Go library. */
export interface GoldenVector {
  readonly name: string;
  readonly what: string;
  readonly ops: readonly (OperationJson & { readonly bytes: string })[];
}

const file = join(import.meta.dirname, "../../../golden/llb-vectors.json");

export const goldenVectors: readonly GoldenVector[] = JSON.parse(readFileSync(file, "utf8"));
