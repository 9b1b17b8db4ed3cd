import { expect, it } from "vitest";
import { startCountingProxy } from "../../../../../bench/comparison/counting-proxy.ts";
import { catalogueOf } from "../../../../engine/packages/catalogue.ts";
import { startPkgServer } from "../../../../engine/packages/pkg-server.ts";

it("passes on what a server answers, and counts its bytes", async () => {
  const server = await startPkgServer(catalogueOf([]));
  const proxy = await startCountingProxy(server.url);
  try {
    const [direct, through] = await Promise.all(
      [server.url, proxy.url].map(async (url) => (await fetch(`${url}/registries`)).text()),
    );
    expect(through).toBe(direct);
    expect(proxy.take()).toBe(direct?.length);
    expect(proxy.take()).toBe(0);
    expect((await fetch(`${proxy.url}/package/none`)).status).toBe(404);
  } finally {
    await proxy.stop();
    await server.stop();
  }
});
