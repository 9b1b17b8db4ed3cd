import { writeSync } from "node:fs";
import { Transform } from "node:stream";

/**
 * How every HTTP/2 client begins: a preface of 24 bytes and a SETTINGS frame (RFC 9113, 3.4). The bytes are the same in each of our
 * builds, and BuildKit closes a connection on which they have not come after 10 s. Where many builds start at once, a frontend does
 * not get so far in that time: to load what makes the connection takes longer than node's own start. So they are kept beside the
 * bundle and sent before it is loaded, and those of the connection itself are left out.
 */
const prefaceLength = 24;
/** Three bytes of the payload's length, type, flags and stream (RFC 9113, 4.1). */
const frameHeaderLength = 9;
const settingsType = 4;

/** Shared by the bundles of one process. */
const sent = Symbol.for("julia-frontend.opening");
const shared = globalThis as { [sent]?: Uint8Array };

/** The opening at the start of what a client sent; throws if it is not there as a whole. */
export function openingOf(bytes: Buffer): Buffer {
  const frameEnd = prefaceLength + frameHeaderLength;
  const length = bytes.length < frameEnd ? Number.NaN : bytes.readUIntBE(prefaceLength, 3);
  const isWhole = bytes.length >= frameEnd + length && bytes[prefaceLength + 3] === settingsType;
  if (!isWhole) throw new Error("this is not how an HTTP/2 connection begins");
  return bytes.subarray(0, frameEnd + length);
}

/** Sends the opening to BuildKit, on stdout. */
export function sendOpening(opening: Uint8Array): void {
  writeSync(1, opening);
  shared[sent] = opening;
}

/** What was sent before the connection was made; undefined if nothing was. */
export function sentOpening(): Uint8Array | undefined {
  return shared[sent];
}

/** Passes a connection on without its opening. Fails if that is another than the one that was sent. */
export function withoutOpening(opening: Uint8Array): Transform {
  let held = Buffer.alloc(0);
  let isOpen = false;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (isOpen) return done(null, chunk);
      held = Buffer.concat([held, chunk]);
      if (held.length < opening.length) return done();
      isOpen = true;
      if (held.subarray(0, opening.length).equals(opening)) return done(null, held.subarray(opening.length));
      return done(
        new Error(
          "the connection begins otherwise than what was sent for it: it was recorded with another node",
        ),
      );
    },
  });
}
