import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { catalogueOf } from "../../../../engine/packages/catalogue.ts";
import { type PkgServer, startPkgServer } from "../../../../engine/packages/pkg-server.ts";
import { GENERAL_UUID } from "../../../../engine/packages/registry-fixture.ts";
import { STANDARD_PACKAGES, standardCatalogue } from "../../../../engine/packages/standard.ts";

const [first] = STANDARD_PACKAGES as readonly [(typeof STANDARD_PACKAGES)[number]];
const path = `/package/${first.uuid}/${first.treeHash}`;
let server: PkgServer;
beforeEach(async () => {
  server = await startPkgServer(standardCatalogue());
});
afterEach(() => server.stop());

const bodyOf = async (resource: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(server.url + resource)).arrayBuffer());

test("serves the registry it lists, packages and artifacts", async () => {
  const listed = (await bodyOf("/registries")).toString();
  expect(listed).toMatch(new RegExp(`^/registry/${GENERAL_UUID}/[0-9a-f]{40}\n$`));
  expect(gunzipSync(await bodyOf(listed.trim())).includes("Registry.toml")).toBe(true);
  expect((await bodyOf(path)).equals(first.tarball())).toBe(true);
  const [artifact] = standardCatalogue().artifacts;
  expect((await bodyOf(`/artifact/${artifact?.treeHash}`)).equals(artifact?.tarball as Buffer)).toBe(true);
});

test("keeps a log of requests until it is cleared", async () => {
  await bodyOf(path);
  await bodyOf("/package/none");
  expect(server.requests()).toEqual([
    { path, bytes: first.tarball().length, status: 200 },
    { path: "/package/none", bytes: 4, status: 404 },
  ]);
  server.clear();
  expect(server.requests()).toEqual([]);
});

test("fails as often as it is told, then serves again", async () => {
  server.fail("/package/", { status: 503 }, 2);
  const statuses = [];
  for (let count = 0; count < 3; count++) statuses.push((await fetch(server.url + path)).status);
  expect(statuses).toEqual([503, 503, 200]);
});

test("corrupts a body without changing its length", async () => {
  server.fail(path, "corrupt");
  const body = await bodyOf(path);
  expect(body.length).toBe(first.tarball().length);
  expect(body.equals(first.tarball())).toBe(false);
});

test("breaks off in the middle of a body", async () => {
  server.fail(path, "truncate");
  await expect(bodyOf(path)).rejects.toThrow();
  expect((await bodyOf(path)).equals(first.tarball())).toBe(true);
});

test("drops a connection before it answers", async () => {
  server.fail(path, "drop");
  await expect(bodyOf(path)).rejects.toThrow();
  expect((await bodyOf(path)).equals(first.tarball())).toBe(true);
});

test("keeps a connection open after half of a body", async () => {
  server.fail(path, "hang");
  const response = await fetch(server.url + path, { signal: AbortSignal.timeout(500) });
  expect(response.status).toBe(200);
  await expect(response.arrayBuffer()).rejects.toThrow(/timeout/i);
});

test("spoils whatever it is told to, until it is told otherwise", async () => {
  server.spoil((asked) => (asked === path ? { status: 503 } : undefined));
  expect((await fetch(server.url + path)).status).toBe(503);
  expect((await fetch(`${server.url}/registries`)).status).toBe(200);
  server.spoil();
  expect((await fetch(server.url + path)).status).toBe(200);
});

test("serves another catalogue once it is published", async () => {
  const before = (await bodyOf("/registries")).toString();
  server.publish(catalogueOf([first]));
  expect((await bodyOf("/registries")).toString()).not.toBe(before);
});

test("asks for the token if it has one", async () => {
  const guarded = await startPkgServer(standardCatalogue(), { token: "open-sesame" });
  try {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${guarded.url}/registries`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer wrong" })).toBe(401);
    expect(await status({ authorization: "Bearer open-sesame" })).toBe(200);
  } finally {
    await guarded.stop();
  }
});
