import { expect, it } from "vitest";
import { currentGatewayCapabilities } from "./capabilities.ts";
import { startSession } from "./session.ts";

const name = "registry.example.com/julia:1.11";
const images = { [name]: { digest: "sha256:aa", config: '{"os":"linux"}' } };
const platform = { os: "linux", architecture: "arm64", variant: "v8" };
const gatewayCapabilities = currentGatewayCapabilities.filter((id) => id !== "source.metaresolver");
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

it("are looked up as sources", async () => {
  const { daemon, client } = await startSession({ images });
  const image = await client.resolveImage({
    reference: name,
    platform,
    resolveMode: "pull",
    logName: "find",
  });
  expect({ ...image, config: text(image.config) }).toEqual({
    reference: name,
    digest: "sha256:aa",
    config: '{"os":"linux"}',
  });
  expect(daemon.requests("resolveSourceMeta")).toMatchObject([
    {
      Source: { identifier: `docker-image://${name}` },
      Platform: { OS: "linux", Architecture: "arm64", Variant: "v8" },
      ResolveMode: "pull",
      LogName: "find",
    },
  ]);
});

it("are looked up by the older call where the daemon has no other", async () => {
  const { daemon, client } = await startSession({ images, gatewayCapabilities });
  const image = await client.resolveImage({ reference: name, platform });
  expect(image).toMatchObject({ reference: name, digest: "sha256:aa" });
  expect(daemon.requests("resolveImageConfig")).toMatchObject([{ Ref: name, ResolverType: 0 }]);
  expect(daemon.calls).not.toContain("resolveSourceMeta");
});

it.each([currentGatewayCapabilities, gatewayCapabilities])(
  "follow a source policy",
  async (...capabilities) => {
    const renamed = {
      [name]: { digest: "sha256:bb", config: "{}", renamedTo: "registry.example.com/other:1" },
    };
    const { client } = await startSession({ images: renamed, gatewayCapabilities: capabilities.flat() });
    expect(await client.resolveImage({ reference: name })).toMatchObject({
      reference: "registry.example.com/other:1",
      digest: "sha256:bb",
    });
  },
);

it("are refused if a source policy made them something else", async () => {
  const gone = { [name]: { digest: "", config: "", renamedTo: "files.example.com/a", isNoImage: true } };
  const { client } = await startSession({ images: gone });
  await expect(client.resolveImage({ reference: name })).rejects.toThrow(`${name} is not an image`);
});

it("are found in an OCI layout of the client", async () => {
  const layout = "store/app@sha256:aa";
  const ociLayout = { session: "s", store: "t" };
  const options = { images: { [layout]: { digest: "sha256:aa", config: "{}" } } };
  const modern = await startSession(options);
  await modern.client.resolveImage({ reference: layout, ociLayout });
  expect(modern.daemon.requests("resolveSourceMeta")).toMatchObject([
    { Source: { identifier: `oci-layout://${layout}`, attrs: { "oci.session": "s", "oci.store": "t" } } },
  ]);
  const old = await startSession({ ...options, gatewayCapabilities });
  await old.client.resolveImage({ reference: layout, ociLayout });
  expect(old.daemon.requests("resolveImageConfig")).toMatchObject([
    { ResolverType: 1, SessionID: "s", StoreID: "t" },
  ]);
});

it("in an OCI layout are not asked of a daemon that would take the name for that of an image in a registry", async () => {
  const { client, daemon } = await startSession({ llbCapabilities: ["source.image"] });
  const request = { reference: "store/app@sha256:aa", ociLayout: { session: "s", store: "t" } };
  await expect(client.resolveImage(request)).rejects.toThrow(
    "does not support --build-context with oci-layout",
  );
  expect(daemon.calls).toEqual(["ping", "inputs"]);
});

it("that do not exist are the daemon's error", async () => {
  const { client } = await startSession();
  await expect(client.resolveImage({ reference: name })).rejects.toThrow(`${name}: not found`);
});
