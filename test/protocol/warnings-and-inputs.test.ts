import { expect, it } from "vitest";
import { image, marshal } from "../../src/buildkit/llb/index.ts";
import { currentGatewayCapabilities } from "./capabilities.ts";
import { startSession } from "./session.ts";

const definition = marshal(image("registry.example.com/a"), {
  platform: { os: "linux", architecture: "amd64" },
});
const warning = {
  digest: "sha256:aa",
  level: 1,
  short: "no manifest",
  detail: ["line one", "line two"],
  url: "https://docs.example.com/rule",
  location: {
    file: { filename: "build.toml", data: Buffer.from('julia = "1"\n'), language: "TOML" },
    ranges: [{ start: { line: 1 }, end: { line: 1, character: 4 } }],
  },
};
const without = (id: string) => currentGatewayCapabilities.filter((other) => other !== id);

it("a warning reaches the daemon whole", async () => {
  const { daemon, client } = await startSession();
  await client.warn(warning);
  const [request] = daemon.warnings();
  expect(request).toMatchObject({ digest: "sha256:aa", level: 1n, url: "https://docs.example.com/rule" });
  expect(Buffer.from(request?.short ?? "").toString()).toBe("no manifest");
  expect(request?.detail.map((line) => Buffer.from(line).toString())).toEqual(["line one", "line two"]);
  expect(request?.info).toMatchObject({ filename: "build.toml", language: "TOML" });
  expect(request?.ranges).toMatchObject([{ start: { line: 1 }, end: { line: 1, character: 4 } }]);
});

it("a warning to a daemon that cannot show it is dropped", async () => {
  const { daemon, client } = await startSession({ gatewayCapabilities: without("gateway.warnings") });
  await client.warn(warning);
  expect(daemon.calls).toEqual(["ping", "inputs"]);
});

it("inputs are the caller's definitions by name", async () => {
  const { client } = await startSession({ inputs: { context: definition } });
  const inputs = await client.inputs();
  expect([...inputs.keys()]).toEqual(["context"]);
  expect(inputs.get("context")?.def).toEqual(definition.def);
});

it("there are no inputs where the daemon cannot hand them over", async () => {
  const gatewayCapabilities = without("frontend.inputs");
  const { daemon, client } = await startSession({ inputs: { context: definition }, gatewayCapabilities });
  expect((await client.inputs()).size).toBe(0);
  expect(daemon.calls).toEqual(["ping", "inputs"]);
});
