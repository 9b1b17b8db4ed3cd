import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { run, runChecked } from "../../../../engine/command.ts";
import { addJulia } from "../../../../engine/julia/add-julia.ts";
import { hostArchitecture, juliaArchives } from "../../../../engine/julia/archives.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "julia-archives-"));
  vi.stubEnv("JULIA_FRONTEND_STATE", join(folder, "state"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function archive(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const source = join(folder, "source");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), content);
  }
  const file = join(folder, "given.tar");
  await runChecked("tar", ["-cf", file, "-C", source, "."]);
  return file;
}

/** A file of the archive that was made. */
async function read(path: string): Promise<string> {
  const [only] = await juliaArchives();
  const kept = join(folder, "state/julia", only?.file ?? "");
  return (await runChecked("tar", ["-xOf", kept, `./${path}`])).stdout;
}

const rootFileSystem = {
  "usr/local/julia/include/julia/julia_version.h": '#define JULIA_VERSION_STRING "1.12.5"\n',
  // The program that runs this test is one for this machine.
  "usr/local/julia/bin/julia": (await readFile(process.execPath)).subarray(0, 64),
};

test("makes an image like the official one of a root file system", async () => {
  const found = await addJulia(await archive(rootFileSystem));
  expect(found).toMatchObject({ image: "julia:1.12.5", version: "1.12.5", architecture: hostArchitecture() });
  expect(await juliaArchives()).toEqual([found]);
  const [manifest] = JSON.parse(await read("index.json")).manifests;
  expect(found.ids).toContain(manifest.digest);
  const [{ Config, RepoTags, Layers }] = JSON.parse(await read("manifest.json"));
  expect(RepoTags).toEqual(["julia:1.12.5"]);
  expect(found.ids).toContain(`sha256:${Config.split("/").at(-1)}`);
  const { config } = JSON.parse(await read(Config));
  expect(config.Env).toEqual(expect.arrayContaining(["JULIA_PATH=/usr/local/julia", "JULIA_VERSION=1.12.5"]));
  expect(config.Cmd).toEqual(["julia"]);
  await writeFile(join(folder, "layer.tar"), await read(Layers[0]));
  const { stdout } = await run("tar", ["-tf", join(folder, "layer.tar")]);
  expect(stdout).toContain("./usr/local/julia/bin/julia\n");
});

const configuration = JSON.stringify({
  architecture: hostArchitecture(),
  config: { Env: ["PATH=/bin", "JULIA_VERSION=1.10.10"] },
});

test("keeps the name of a saved image, and gives an OCI layout without one the official name", async () => {
  const saved = [{ Config: "config.json", RepoTags: ["mine/julia:lts"], Layers: [] }];
  const file = await archive({ "manifest.json": JSON.stringify(saved), "config.json": configuration });
  expect(await addJulia(file)).toMatchObject({ image: "mine/julia:lts", version: "1.10.10" });
  await rm(join(folder, "source"), { recursive: true });
  const layout = await archive({
    "index.json": JSON.stringify({ manifests: [{ digest: "sha256:aa" }] }),
    "blobs/sha256/aa": JSON.stringify({ config: { digest: "sha256:bb" }, layers: [{ digest: "sha256:cc" }] }),
    "blobs/sha256/bb": configuration,
  });
  expect(await addJulia(layout)).toMatchObject({ image: "julia:1.10.10" });
  expect(JSON.parse(await read("manifest.json"))).toEqual([
    { Config: "blobs/sha256/bb", Layers: ["blobs/sha256/cc"], RepoTags: ["julia:1.10.10"] },
  ]);
  expect(await read("index.json")).toContain("docker.io/library/julia:1.10.10");
});

test("refuses what is no image of Julia", async () => {
  await expect(addJulia(await archive({ "etc/passwd": "" }))).rejects.toThrow("neither a saved image nor");
  const saved = [{ Config: "config.json", RepoTags: ["debian:12"], Layers: [] }];
  const other = { "manifest.json": JSON.stringify(saved), "config.json": '{"architecture":"amd64"}' };
  await expect(addJulia(await archive(other))).rejects.toThrow("no JULIA_VERSION");
  expect(await juliaArchives()).toEqual([]);
});
