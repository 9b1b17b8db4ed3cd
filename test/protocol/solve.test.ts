import { create } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { StatusError } from "../../src/buildkit/gateway/status.ts";
import type { State } from "../../src/buildkit/llb/index.ts";
import { exec, image, local, marshal, scratch } from "../../src/buildkit/llb/index.ts";
import { currentGatewayCapabilities } from "./capabilities.ts";
import { startSession } from "./session.ts";

const platform = { os: "linux", architecture: "amd64" };
const definitionOf = (state: State) => marshal(state, { platform });
const base = image("registry.example.com/base");
const command = exec(base, { args: ["true"], name: "run" }).root;
const without = (id: string) => currentGatewayCapabilities.filter((other) => other !== id);

it("sends the definition as it is, and asks for a result with references", async () => {
  const { daemon, client } = await startSession();
  const definition = definitionOf(command);
  const reference = await client.solve({ definition });
  const [request] = daemon.solves();
  expect(request?.Definition).toEqual(definition);
  expect(request).toMatchObject({ allowResultReturn: true, allowResultArrayRef: true, Evaluate: false });
  expect(reference.id).not.toBe("");
});

it("passes the client's caches on, since BuildKit does not", async () => {
  const { daemon, client } = await startSession();
  const cacheImports = [{ type: "registry", attributes: { ref: "registry.example.com/cache" } }];
  await client.solve({ definition: definitionOf(command), cacheImports });
  expect(daemon.solves()[0]?.CacheImports).toMatchObject([
    { Type: "registry", Attrs: { ref: "registry.example.com/cache" } },
  ]);
});

it("gets an empty reference for the empty file system", async () => {
  const { client } = await startSession();
  expect(await client.solve({ definition: definitionOf(scratch) })).toMatchObject({ id: "" });
});

it("asks for evaluation in the solve where the daemon can", async () => {
  const { daemon, client } = await startSession();
  await client.solve({ definition: definitionOf(command), evaluate: true });
  expect(daemon.solves()[0]?.Evaluate).toBe(true);
  expect(daemon.calls).toEqual(["ping", "inputs", "solve"]);
});

it("evaluates by a call of its own where the solve cannot", async () => {
  const { daemon, client } = await startSession({ gatewayCapabilities: without("gateway.solve.evaluate") });
  const { id } = await client.solve({ definition: definitionOf(command), evaluate: true });
  expect(daemon.solves()[0]?.Evaluate).toBe(false);
  expect(daemon.requests("evaluate")).toMatchObject([{ Ref: id }]);
});

it("evaluates by asking for the root folder where nothing else can", async () => {
  const { daemon, client } = await startSession({
    gatewayCapabilities: currentGatewayCapabilities.filter((id) => !id.includes("evaluate")),
  });
  const { id } = await client.solve({ definition: definitionOf(command), evaluate: true });
  expect(daemon.requests("statFile")).toMatchObject([{ Ref: id, Path: "." }]);
});

it("keeps the status of a failed solve as it came, details among it", async () => {
  const value = Buffer.from('{"digest":"sha256:00"}');
  const typeUrl = "github.com/moby/buildkit/errdefs.Vertex+json";
  const failure = {
    code: 2,
    message: 'process "true" did not complete: exit code: 1 äöü',
    details: [create(AnySchema, { typeUrl, value: Uint8Array.from(value) })],
  };
  const { client } = await startSession({ failures: { solve: failure } });
  const error = await client.solve({ definition: definitionOf(command) }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StatusError);
  expect((error as StatusError).status).toMatchObject(failure);
});

it("names every capability that the daemon lacks, and does not ask it", async () => {
  const { daemon, client } = await startSession({ llbCapabilities: [] });
  const definition = definitionOf(
    exec(command, { args: ["a"], network: "none", ulimits: [{ name: "core", soft: 0, hard: 0 }] }).root,
  );
  const message = await client.solve({ definition }).then(String, String);
  expect(message).toContain("does not support --ulimit (exec.meta.ulimit)");
  expect(message).toContain("does not support exec.meta.network");
  expect(daemon.calls).toEqual(["ping", "inputs"]);
});

it("says why a capability is switched off", async () => {
  const off = { ID: "source.local", Enabled: false, DisabledReasonMsg: "by the administrator" };
  const { client } = await startSession({ llbCapabilities: [off, "constraints", "platform"] });
  const definition = definitionOf(local("context", { session: "s" }));
  await expect(client.solve({ definition })).rejects.toThrow(
    "source.local is switched off in this BuildKit: by the administrator",
  );
});

it("has a definition refused whose bytes are not canonical", async () => {
  const { client } = await startSession();
  const definition = definitionOf(command);
  const [first, ...others] = definition.def;
  const reordered = Uint8Array.from([...(first ?? []).slice(18), ...(first ?? []).slice(0, 18)]);
  await expect(client.solve({ definition: { ...definition, def: [reordered, ...others] } })).rejects.toThrow(
    "not canonical",
  );
});
