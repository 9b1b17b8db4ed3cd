import { callOver } from "./bridge.ts";
import type { GatewayClient } from "./client.ts";
import { openClient, returnError } from "./client.ts";
import type { FrontendResult } from "./solve.ts";
import { StatusError, statusOf } from "./status.ts";
import { NotABuild, takeStdio } from "./stdio.ts";
import type { Transport } from "./transport.ts";
import { connect } from "./transport.ts";

/** Makes a result, or throws what the person who builds is to see. */
export type Build = (client: GatewayClient) => Promise<FrontendResult>;

/** Is told of every failure that is no StatusError, before BuildKit is: to log what is a fault of the frontend's own. */
export type ReportFault = (error: unknown) => Promise<void>;

/**
 * Serves one build on stdin and stdout, and exits.
 *
 * Whatever goes wrong is returned as the build's error. The exit status is 0 once BuildKit has the result or the
 * error: another would hide a result, and does not matter with an error. The process exits at once, because the
 * build waits for that.
 */
export async function runOnStdio(build: Build, reportFault: ReportFault): Promise<never> {
  try {
    const transport = await connect(takeStdio());
    await runBuild(transport, build, reportFault);
    process.exit(0);
  } catch (error) {
    if (error instanceof NotABuild) process.stderr.write(`${error.message}\n`);
    else await reportFault(error);
    process.exit(1);
  }
}

/** Runs a build over a transport and returns its result or error to BuildKit. Rejects if neither could be returned. */
export async function runBuild(transport: Transport, build: Build, reportFault: ReportFault): Promise<void> {
  try {
    const client = await openClient(transport);
    await client.returnResult(await orStrayFailure(build(client)));
  } catch (error) {
    if (!(error instanceof StatusError)) await reportFault(error);
    await returnError(callOver(transport), statusOf(error));
  }
}

/** Rejects too when something fails that nobody waits for; else the build would end without saying why. */
async function orStrayFailure<T>(result: Promise<T>): Promise<T> {
  let fail: (error: unknown) => void = () => {};
  const stray = new Promise<never>((_, reject) => {
    fail = reject;
  });
  process.on("uncaughtException", fail).on("unhandledRejection", fail);
  try {
    return await Promise.race([result, stray]);
  } finally {
    process.off("uncaughtException", fail).off("unhandledRejection", fail);
  }
}
