import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { Engine } from "../../../engine/engine-client.ts";
import { startRegistryContainer } from "../../../engine/registry.ts";

/** An engine that answers `docker port` as told and records what it is asked. */
function fakeEngine(published: string | undefined): { readonly engine: Engine; readonly calls: string[] } {
  const calls: string[] = [];
  const engine: Engine = {
    ...{ store: "overlay2", host: "", owned: false, client: "docker", environment: {} },
    docker: async (args) => {
      calls.push(args.join(" "));
      const unknown = args[0] === "port" && published === undefined;
      return { code: unknown ? 1 : 0, stdout: `${published ?? ""}\n`, stderr: "" };
    },
    stop: async () => {},
  };
  return { engine, calls };
}

test("a registry container that runs is used as it is", async () => {
  const { engine, calls } = fakeEngine("127.0.0.1:5017");
  const registry = await startRegistryContainer(engine);
  expect(registry.address).toBe("127.0.0.1:5017");
  expect(calls).toEqual(["port julia-frontend-tests-registry 5000/tcp"]);
});

test("a new one replaces a stopped one and is published on the loopback only", async () => {
  const { engine, calls } = fakeEngine(undefined);
  const registry = await startRegistryContainer(engine);
  expect(registry.address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(calls.slice(1)).toEqual([
    "rm --force julia-frontend-tests-registry",
    `run --detach --name julia-frontend-tests-registry --publish ${registry.address}:5000 registry:2`,
  ]);
});

test("a port that somebody listens on is not chosen", async () => {
  const taken = await listen(5000);
  try {
    const { engine } = fakeEngine(undefined);
    expect((await startRegistryContainer(engine)).address).not.toBe("127.0.0.1:5000");
  } finally {
    taken?.close();
  }
});

/** Takes the port, or undefined if it is taken already. */
function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      expect((server.address() as AddressInfo).port).toBe(port);
      resolve(server);
    });
  });
}
