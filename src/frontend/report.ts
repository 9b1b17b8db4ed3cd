import {
  type GatewayClient,
  StatusCode,
  StatusError,
  sourceDetails,
  statusOf,
} from "../buildkit/gateway/index.ts";
import { locate } from "../lower/locate.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { sortDiagnostics } from "../text/diagnostic.ts";
import { printHeadline } from "../text/print.ts";
import { rulePage } from "../text/product.ts";
import { printable } from "../text/quote.ts";
import { type Excerpt, UserError } from "../text/user-error.ts";

/** How many places BuildKit is asked to show; more would push the first out of a terminal. */
const mostExcerpts = 10;

/** Diagnostics as the error of a build. BuildKit prints the message, then each place with the lines around it. */
export function diagnosticsError(diagnostics: readonly Diagnostic[]): UserError {
  const errors = sortDiagnostics(diagnostics.filter(({ severity }) => severity === "error"));
  const excerpts = errors
    .slice(0, mostExcerpts)
    .flatMap(({ file, span }) => (span === undefined ? [] : [{ file, span }]));
  return new UserError(errorMessage(errors), { excerpts });
}

/** A failure with the place in a file that made us ask for what failed. What BuildKit said of it stays as it is. */
export function failureAt(cause: unknown, excerpt: Excerpt | undefined): UserError {
  return new UserError(statusOf(cause).message, { cause, excerpts: excerpt === undefined ? [] : [excerpt] });
}

/** An error in the form in which BuildKit is told of it. This is the one place where parts of files get into an error. */
export function toReturn(error: unknown): unknown {
  if (!(error instanceof UserError)) {
    return error;
  }
  const { code, details } =
    error.cause instanceof StatusError ? error.cause.status : { code: StatusCode.unknown, details: [] };
  const places = error.excerpts.flatMap(({ file, span }) => locate(file, span));
  return new StatusError({ code, message: error.message, details: [...details, ...sourceDetails(places)] });
}

/** All errors in a few lines. */
export function errorMessage(errors: readonly Diagnostic[]): string {
  return errors.length === 1
    ? errors.map(describe).join("")
    : [`${errors.length} errors:`, ...errors.map((error) => `  ${describe(error)}`)].join("\n");
}

function describe({ file, span, message, suggestion, rule }: Diagnostic): string {
  const place =
    span === undefined ? file.name : `${file.name}:${span.start.line}:${span.start.character + 1}`;
  const advice = suggestion === undefined ? "" : `; ${printable(suggestion)}`;
  return `${printable(place)}: ${printable(message)}${advice} (${rule})`;
}

/** Shows warnings to the person who builds. */
export type Warn = (diagnostics: readonly Diagnostic[]) => Promise<void>;

/**
 * Shows warnings with the step that loads the spec, where BuildKit shows those of Dockerfiles. Each is shown once, whatever
 * number of platforms it is found for.
 */
export function warnOnce(client: GatewayClient, vertex: string): Warn {
  const shown = new Set<string>();
  return async (diagnostics) => {
    const unseen = diagnostics.filter((diagnostic) => {
      const key = printHeadline(diagnostic);
      return !shown.has(key) && shown.add(key);
    });
    await sendWarnings(client, vertex, unseen);
  };
}

async function sendWarnings(
  client: GatewayClient,
  vertex: string,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  const warnings = sortDiagnostics(diagnostics.filter(({ severity }) => severity === "warning"));
  for (const { rule, message, suggestion, file, span } of warnings) {
    await client.warn({
      digest: vertex,
      level: 1,
      short: `${rule}: ${printable(message)}`,
      detail: suggestion === undefined ? [] : [printable(suggestion)],
      url: rulePage(rule),
      location: locate(file, span)[0],
    });
  }
}
