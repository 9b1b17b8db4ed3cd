/**
 * Compares strings by their UTF-8 bytes, as Go's strings.Compare and its sorted map keys do.
 * JavaScript's own order is by UTF-16 code unit and differs beyond the basic plane.
 */
export function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
