import { quote } from "../text/quote.ts";
import { durationNanoseconds } from "./duration.ts";
import { absolutePath, type Format } from "./formats.ts";

/** What the strings of `[image]` may be. */

const anyFolder = (problem: NonNullable<Format["problem"]>): Format => ({
  what: "an absolute path, such as `/data`",
  get pattern() {
    return new RegExp(`${absolutePath.pattern.source}|^/$`, "u");
  },
  problem,
  normalize: (path) => (path === "/" ? path : path.replace(/\/$/, "")),
});

/** Folders of the system are right, too: nothing is put there. */
export const workingFolder = anyFolder(pathProblem);

export const volumeFolder = anyFolder((path) =>
  path === "/" ? "the root of the image cannot be a volume" : pathProblem(path),
);

function pathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) {
    return "must be absolute: with `/` at the front";
  }
  return /(?:^|\/)\.{1,2}(?:\/|$)/.test(path) ? "a path must not contain `.` or `..`" : undefined;
}

/** Names of standard libraries are identifiers of ASCII. */
export const standardLibrary: Format = {
  what: "the name of a standard library, such as `Dates`",
  pattern: /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
};

const mostPortsOfRange = 1000;

/** What may stand behind EXPOSE in a Dockerfile. */
export const port: Format = {
  what: "a port, such as `8080`, `53/udp` or `9000-9010`",
  pattern: /^[1-9]\d{0,4}(?:-[1-9]\d{0,4})?(?:\/(?:tcp|udp|sctp))?$/,
  problem: (text) => {
    if (!port.pattern.test(text)) {
      return text.includes(":")
        ? "name the port in the container alone: `docker run --publish` says where it goes"
        : undefined;
    }
    const { first, last } = portRange(text);
    if (last > 65535 || first > 65535) {
      return "ports end at 65535";
    }
    if (last < first) {
      return `write the smaller port first: ${quote(text.replace(/^(\d+)-(\d+)/, "$2-$1"))}`;
    }
    return last - first >= mostPortsOfRange
      ? `a range has no more than ${mostPortsOfRange} ports`
      : undefined;
  },
};

/** A port without a range is a range of one; without a protocol it is TCP. */
export function portRange(text: string): {
  readonly first: number;
  readonly last: number;
  readonly protocol: string;
} {
  const [numbers = "", protocol = "tcp"] = text.split("/");
  const [first = "", last = first] = numbers.split("-");
  return { first: Number(first), last: Number(last), protocol };
}

/** signal(7), with and without `SIG`, and numbers; the real-time ones as in `SIGRTMIN+3`. */
export const signal: Format = {
  what: "a signal, such as `SIGINT` or `2`",
  pattern:
    /^(?:(?:SIG)?(?:ABRT|ALRM|BUS|CHLD|CONT|FPE|HUP|ILL|INT|IO|KILL|PIPE|PROF|PWR|QUIT|SEGV|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|RTMIN(?:\+(?:[1-9]|1[0-5]))?|RTMAX(?:-(?:[1-9]|1[0-4]))?)|[1-9]|[1-5]\d|6[0-4])$/,
};

const shortest = 1_000_000;
const longest = 24 * 3600 * 1_000_000_000;

/** The times of a Dockerfile's HEALTHCHECK, which takes Go's notation and no less than a millisecond. */
export const duration: Format = {
  what: "a time, such as `30s`, `1m30s` or `500ms`",
  pattern: /^(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s))+$/,
  problem: (text) => {
    const nanoseconds = duration.pattern.test(text) ? durationNanoseconds(text) : shortest;
    return nanoseconds < shortest || nanoseconds > longest ? "it is from `1ms` to `24h`" : undefined;
  },
};
