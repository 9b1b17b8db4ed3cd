import { onTestFinished } from "vitest";
import type { GatewayClient } from "../../src/buildkit/gateway/client.ts";
import { openClient } from "../../src/buildkit/gateway/client.ts";
import type { Transport } from "../../src/buildkit/gateway/transport.ts";
import { connect } from "../../src/buildkit/gateway/transport.ts";
import type { FakeBuildkit, FakeBuildkitOptions } from "./fake-buildkit.ts";
import { startFakeBuildkit } from "./fake-buildkit.ts";

/** A daemon for the length of a test, and a frontend's transport to it. */
export async function startTransport(
  options: FakeBuildkitOptions = {},
): Promise<{ readonly daemon: FakeBuildkit; readonly transport: Transport }> {
  const daemon = await startFakeBuildkit(options);
  const socket = daemon.dial();
  const transport = await connect({ input: socket, output: socket });
  onTestFinished(() => {
    transport.close();
    daemon.stop();
  });
  return { daemon, transport };
}

export async function startSession(
  options: FakeBuildkitOptions = {},
): Promise<{ readonly daemon: FakeBuildkit; readonly client: GatewayClient }> {
  const { daemon, transport } = await startTransport(options);
  return { daemon, client: await openClient(transport) };
}
