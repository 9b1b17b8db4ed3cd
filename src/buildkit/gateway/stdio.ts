import { Socket } from "node:net";
import { sentOpening } from "./opening.ts";
import type { Wire } from "./transport.ts";

/** A person, and not BuildKit, started the program. */
export class NotABuild extends Error {
  override readonly name = "NotABuild";
}

/**
 * Takes stdin and stdout as the wire. From then on nothing else can write to it: what is printed to stdout, by
 * console.log or by a library, goes to stderr, which ends in the daemon's log.
 *
 * Throws NotABuild if the two are not pipes or sockets, that is, if not BuildKit but a person started the program.
 */
export function takeStdio(): Wire {
  Object.defineProperty(process, "stdout", {
    configurable: true,
    enumerable: true,
    get: () => process.stderr,
  });
  try {
    return {
      input: new Socket({ fd: 0, readable: true, writable: false }),
      output: new Socket({ fd: 1, readable: false, writable: true }),
      sentOpening: sentOpening(),
    };
  } catch (cause) {
    const message =
      "stdin and stdout are not connected with BuildKit, which is to start this program; --help says what else it does";
    throw new NotABuild(message, { cause });
  }
}
