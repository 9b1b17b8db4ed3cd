import { create } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import type { GatewayClient } from "../../src/buildkit/gateway/client.ts";
import { local, marshal } from "../../src/buildkit/llb/index.ts";
import { currentGatewayCapabilities } from "./capabilities.ts";
import type { FakeBuildkitOptions } from "./fake-buildkit.ts";
import { startSession } from "./session.ts";

const platform = { os: "linux", architecture: "amd64" };

async function openContext(client: GatewayClient) {
  return client.solve({ definition: marshal(local("context", { session: "s" }), { platform }) });
}

async function startWithFiles(files: Record<string, string | Uint8Array>, options: FakeBuildkitOptions = {}) {
  const session = await startSession({ ...options, sources: { "local://context": files } });
  return { ...session, reference: await openContext(session.client) };
}

function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 16)) & 0xff);
}

/** Compares without vitest's printing of differences, which takes minutes at this size. */
function sameBytes(left: Uint8Array | undefined, right: Uint8Array): boolean {
  return left !== undefined && Buffer.compare(left, right) === 0;
}

describe("reading a file", () => {
  it("gets its bytes", async () => {
    const { client, reference } = await startWithFiles({ "src/a.jl": "println(1)\n" });
    expect(Buffer.from((await client.readFile(reference, "src/a.jl")) ?? "").toString()).toBe("println(1)\n");
  });

  it("gets no bytes from an empty one, which is not an absent one", async () => {
    const { client, reference } = await startWithFiles({ empty: "" });
    expect(await client.readFile(reference, "empty")).toHaveLength(0);
    expect(await client.readFile(reference, "absent")).toBeUndefined();
  });

  it("gets one of almost the message limit at once", async () => {
    const content = patterned(15 << 20);
    const { daemon, client, reference } = await startWithFiles({ large: content });
    expect(sameBytes(await client.readFile(reference, "large"), content)).toBe(true);
    expect(daemon.requests("readFile")).toHaveLength(1);
  });

  it.each([17 << 20, 24 << 20])("gets one of %i bytes in parts", async (length) => {
    const content = patterned(length);
    const { client, reference } = await startWithFiles({ large: content });
    expect(sameBytes(await client.readFile(reference, "large"), content)).toBe(true);
  });

  it("gets many at the same time over the one connection", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `file${index}`);
    const { client, reference } = await startWithFiles(
      Object.fromEntries(names.map((name) => [name, name.repeat(20_000)])),
    );
    const contents = await Promise.all(names.map((name) => client.readFile(reference, name)));
    expect(contents.map((content) => content?.length)).toEqual(names.map((name) => name.length * 20_000));
  });

  it("does not take a failed step for an absent file", async () => {
    const typeUrl = "github.com/moby/buildkit/errdefs.Vertex+json";
    const failure = {
      code: 2,
      message: "exec /bin/nothing: no such file or directory",
      details: [create(AnySchema, { typeUrl })],
    };
    const { client, reference } = await startWithFiles({}, { failures: { readFile: failure } });
    await expect(client.readFile(reference, "a")).rejects.toThrow("exec /bin/nothing");
  });

  it("fails for other reasons than absence", async () => {
    const failure = { code: 7, message: "open a: permission denied", details: [] };
    const { client, reference } = await startWithFiles({}, { failures: { readFile: failure } });
    await expect(client.readFile(reference, "a")).rejects.toThrow("permission denied");
  });
});

describe("properties", () => {
  it("of what is in a folder", async () => {
    const { client, reference } = await startWithFiles({ "a/b": "", "a/c/d": "", e: "" });
    expect(await client.readDir(reference, "a")).toMatchObject([
      { path: "b", kind: "file", mode: 0o644, size: 0 },
      { path: "c", kind: "directory", mode: 0o755 },
    ]);
    expect(await client.readDir(reference, "absent")).toBeUndefined();
  });

  it("are refused in clear words by a daemon that cannot tell them", async () => {
    const gatewayCapabilities = currentGatewayCapabilities.filter((id) => id !== "readdir");
    const { client, reference } = await startWithFiles({}, { gatewayCapabilities });
    await expect(client.readDir(reference, "a")).rejects.toThrow("does not support readdir");
  });
});
