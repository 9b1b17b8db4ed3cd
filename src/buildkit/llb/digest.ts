import { createHash } from "node:crypto";

/** Identity of an encoded operation, as `sha256:...`. */
export function operationDigest(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
