/**
 * Names of folders and files in a Julia depot (`slug`, `package_slug` and `version_slug` in base/loading.jl).
 */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const slugLength = 5;

/** Reversed polynomial of CRC-32C (Castagnoli), RFC 3720 appendix B.4. */
const castagnoli = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ castagnoli : remainder >>> 1;
  }
  return remainder >>> 0;
});

/** CRC-32C of some bytes, going on from the checksum of what came before them. */
export function crc32c(bytes: Uint8Array, previous = 0): number {
  let remainder = ~previous;
  for (const byte of bytes) {
    remainder = (remainder >>> 8) ^ (table[(remainder ^ byte) & 0xff] ?? 0);
  }
  return ~remainder >>> 0;
}

/** The folder of a package version: `packages/<name>/<slug>`. Both arguments are hexadecimal, as in a manifest. */
export function versionSlug(uuid: string, treeHash: string): string {
  return slug(crc32c(Buffer.from(treeHash, "hex"), crc32c(uuidBytes(uuid))));
}

/** The stem of a package's compiled files: `compiled/v1.11/<name>/<slug>_*.ji`. */
export function packageSlug(uuid: string): string {
  return slug(crc32c(uuidBytes(uuid)));
}

/** Julia holds a UUID as a 128-bit integer, whose bytes are little-endian on every platform that Julia runs on. */
function uuidBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll("-", ""), "hex").reverse();
}

/** Base 62, least significant digit first. */
function slug(checksum: number): string {
  let rest = checksum;
  let text = "";
  for (let digit = 0; digit < slugLength; digit++) {
    text += alphabet[rest % alphabet.length];
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
