/** A text without its byte order mark, which editors on Windows write. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
