import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { startCountingRegistry } from "../../../../../bench/comparison/counting-registry.ts";

const digestOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** Pushes as the distribution specification says: asks for each layer, and sends those that are not there. */
async function push(address: string, layers: readonly string[]): Promise<void> {
  const url = `http://${address}/v2/bench`;
  for (const layer of layers) {
    const there = await fetch(`${url}/blobs/${digestOf(layer)}`, { method: "HEAD" });
    if (there.ok) continue;
    const upload = await fetch(`${url}/blobs/uploads/`, { method: "POST" });
    const place = `http://${address}${upload.headers.get("location")}`;
    await fetch(`${place}?digest=${digestOf(layer)}`, { method: "PUT", body: layer });
  }
  const manifest = { layers: layers.map((layer) => ({ digest: digestOf(layer), size: layer.length })) };
  const answer = await fetch(`${url}/manifests/latest`, { method: "PUT", body: JSON.stringify(manifest) });
  expect(answer.headers.get("docker-content-digest")).toBe(digestOf(JSON.stringify(manifest)));
}

it("counts what was not there, and the layers above the base", async () => {
  const registry = await startCountingRegistry();
  try {
    await push(registry.address, ["base"]);
    registry.rememberBase();
    expect(registry.take()).toEqual({ sent: 0, own: 0 });
    await push(registry.address, ["base", "first layer"]);
    expect(registry.take()).toEqual({ sent: 11, own: 11 });
    await push(registry.address, ["base", "first layer", "more"]);
    expect(registry.take()).toEqual({ sent: 4, own: 15 });
  } finally {
    await registry.stop();
  }
});
