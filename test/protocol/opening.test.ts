import { PassThrough } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import { openClient } from "../../src/buildkit/gateway/client.ts";
import { openingOf } from "../../src/buildkit/gateway/opening.ts";
import { connect } from "../../src/buildkit/gateway/transport.ts";
import { startFakeBuildkit } from "./fake-buildkit.ts";

/** Asks for the capabilities over a connection, and returns all that was sent. */
async function sentBytes(sentOpening?: Uint8Array): Promise<Buffer> {
  const daemon = await startFakeBuildkit();
  const socket = daemon.dial();
  if (sentOpening !== undefined) socket.write(sentOpening);
  const output = new PassThrough();
  const sent: Buffer[] = [];
  output.on("data", (chunk: Buffer) => sent.push(chunk)).pipe(socket);
  const transport = await connect({ input: socket, output, sentOpening });
  onTestFinished(() => {
    transport.close();
    daemon.stop();
  });
  await openClient(transport);
  expect(daemon.calls).toContain("ping");
  return Buffer.concat(sent);
}

it("a connection goes on after a beginning that was sent before it was made", async () => {
  const whole = await sentBytes();
  const opening = openingOf(whole);
  const rest = await sentBytes(opening);
  expect(Buffer.concat([opening, rest]).subarray(0, 60)).toEqual(whole.subarray(0, 60));
});

it("a connection that begins otherwise than what was sent for it fails, and does not hang", async () => {
  const opening = Buffer.from(openingOf(await sentBytes()));
  opening[opening.length - 1] = 1;
  await expect(sentBytes(opening)).rejects.toThrow();
});
