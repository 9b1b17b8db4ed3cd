import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { grpcClient } from "../../build/grpc-client.ts";
import type * as Transport from "../../src/buildkit/gateway/transport.ts";
import { startFakeBuildkit } from "./fake-buildkit.ts";

const folder = mkdtempSync(join(tmpdir(), "grpc-client-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program exports that was bundled as the frontend is, and the files that it was made of. */
async function bundle<Exports>(contents: string) {
  const outfile = join(folder, "bundle.cjs");
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@grpc/proto-loader"],
    plugins: [grpcClient],
    metafile: true,
  });
  const require = createRequire(outfile);
  delete require.cache[outfile];
  return { exports: require(outfile) as Exports, files: Object.keys(metafile.inputs) };
}

it("the bundled part of grpc-js is a client of BuildKit, and no server", async () => {
  const { exports, files } = await bundle<typeof Transport>(
    'export * from "../../src/buildkit/gateway/transport.ts";',
  );
  expect(
    files.filter((file) => /grpc-js\/build\/src\/(?:index|server|load-balancer-round)/.test(file)),
  ).toEqual([]);
  const daemon = await startFakeBuildkit();
  const socket = daemon.dial();
  const { call, close } = await exports.connect({ input: socket, output: socket });
  onTestFinished(() => {
    close();
    daemon.stop();
  });
  const pong = await call("/moby.buildkit.v1.frontend.LLBBridge/Ping", new Uint8Array());
  expect(pong.length).toBeGreaterThan(100);
});

it("what of Node is loaded only when it is used is there then", async () => {
  const { exports } = await bundle<{ compressAndBack: (text: string) => Promise<string> }>(`
    import { CompressionFilterFactory } from "@grpc/grpc-js/build/src/compression-filter.js";
    import { Metadata } from "@grpc/grpc-js/build/src/metadata.js";
    export async function compressAndBack(text) {
      const gzip = { "grpc.default_compression_algorithm": 2 };
      const filter = new CompressionFilterFactory(undefined, gzip).createFilter();
      const metadata = new Metadata();
      metadata.set("grpc-encoding", "gzip");
      filter.receiveMetadata(metadata);
      const { message } = await filter.sendMessage({ message: Buffer.from(text) });
      if (message.length > text.length) throw new Error("it was not compressed");
      return String(await filter.receiveMessage(message));
    }`);
  const text = "julia ".repeat(100);
  expect(await exports.compressAndBack(text)).toBe(text);
});
