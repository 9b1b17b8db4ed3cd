import { version } from "../text/product.ts";

/**
 * Writes a fault of the frontend's own to the daemon's log: a line of JSON on stderr. Stdout is the wire.
 *
 * The logger is loaded when there is something to say, since nearly every build has nothing and waits for our start.
 */
export async function logFault(error: unknown): Promise<void> {
  const { pino } = await import("pino");
  const base = { name: "julia-frontend", version };
  // Synchronous: the process exits right after it.
  const logger = pino(
    { base, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  logger.error(error);
}
