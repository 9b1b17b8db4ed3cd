import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { imageArguments } from "../../release/image-arguments.ts";
import { releaseOf } from "../../release/release.ts";
import { runChecked } from "../engine/command.ts";
import { elfArchitecture, elfNeeds, isElf } from "../engine/elf.ts";
import { engineAvailable } from "../engine/engine.ts";
import { runDockerfile } from "../engine/frontend-image.ts";
import { nodeIndexLayout, nodeNameOfDockerfile } from "../engine/node-image.ts";
import { describeOnEngines } from "./suites.ts";

const indexType = "application/vnd.oci.image.index.v1+json";
const commit = { revision: "0123456789abcdef0123456789abcdef01234567", created: "2027-01-31T00:00:00Z" };
const platforms = ["linux/amd64", "linux/arm64"];

describeOnEngines("the frontend image", (engine) => {
  // The classic store keeps no image of several platforms.
  const canRun = engine.store === "containerd";
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "julia-frontend-platforms-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.skipIf(!canRun)(
    "is made for two processors by a builder that runs one (needs the containerd store)",
    async () => {
      await withNodeContext(async (context) => {
        const output = ["--output", `type=oci,dest=${folder},tar=false`];
        await runDockerfile(engine, ["--platform", platforms.join(), ...context, ...output]);
      });
      const images = await imagesOf(folder);
      expect(Object.keys(images).sort()).toEqual(platforms);
      const native = await unpack(images["linux/amd64"], join(folder, "native"));
      const foreign = await unpack(images["linux/arm64"], join(folder, "foreign"));
      await expectPrograms(native, "amd64");
      await expectPrograms(foreign, "arm64");
      const programs = ["frontend.cjs", "frontend.opening", "start.cjs", "tools.cjs"];
      const isOurs = (file: string) => /\.(cjs|cache|opening)$/.test(file);
      expect((await readdir(foreign)).filter(isOurs).sort()).toEqual(programs);
      // V8's compiled code is for the processor that made it.
      expect((await readdir(native)).filter((file) => file.endsWith(".cache"))).toEqual(["frontend.cache"]);
      const version = await runChecked("chroot", [native, "/bin/node", "/start.cjs", "--version"]);
      expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    },
  );

  it.skipIf(!canRun)(
    "is pushed under every tag of a release, with labels and provenance (needs the containerd store)",
    async () => {
      const { registry } = inject("endToEnd");
      const name = `julia-release-${process.pid}`;
      const metadataFile = join(folder, "metadata.json");
      const release = releaseOf("v7.8.9", "7.8.9");
      // A builder without a way out cannot pull the program that makes the list of what is in an image.
      const repository = `${registry}/${name}`;
      const args = imageArguments(release, { ...{ repository, metadataFile }, ...commit, sbom: false });
      await withNodeContext((context) => runDockerfile(engine, [...args.slice(2, -1), ...context]));
      const names = release.tags.map((tag) => `${repository}:${tag}`);
      await engine.docker(["image", "rm", ...names], { check: false });
      const { "containerimage.digest": digest } = JSON.parse(await readFile(metadataFile, "utf8"));
      for (const tag of ["7", "7.8", "7.8.9"]) {
        const response = await fetch(`http://${registry}/v2/${name}/manifests/${tag}`, {
          headers: { accept: indexType },
        });
        expect(response.headers.get("docker-content-digest")).toBe(digest);
        const index = (await response.json()) as { manifests: { platform: Record<string, string> }[] };
        const found = index.manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`);
        expect(found).toEqual([...platforms, "unknown/unknown", "unknown/unknown"]);
        expect(index).toMatchObject({ annotations: { "org.opencontainers.image.version": "7.8.9" } });
      }
    },
  );
});

/** Where no engine can pull, the node image for both processors is made. */
async function withNodeContext(work: (options: readonly string[]) => Promise<void>): Promise<void> {
  if ((await engineAvailable()).kind !== "private") return work([]);
  const name = await nodeNameOfDockerfile();
  const layout = await nodeIndexLayout(name);
  try {
    await work(["--build-context", `${name}=oci-layout://${layout}`]);
  } finally {
    await rm(layout, { recursive: true });
  }
}

interface Image {
  /** Paths of the archives of its layers. */
  readonly layers: readonly string[];
  readonly entryPoint: readonly string[];
}

/** The images of an OCI layout's one index, by platform. */
async function imagesOf(layout: string): Promise<Readonly<Record<string, Image>>> {
  const path = ({ digest }: { readonly digest: string }) => join(layout, "blobs", digest.replace(":", "/"));
  const read = async (file: string) => JSON.parse(await readFile(file, "utf8"));
  const { manifests } = await read(join(layout, "index.json"));
  expect(manifests).toHaveLength(1);
  const index = await read(path(manifests[0]));
  const images: Record<string, Image> = {};
  for (const { platform, ...descriptor } of index.manifests) {
    const manifest = await read(path(descriptor));
    const { config } = await read(path(manifest.config));
    images[`${platform.os}/${platform.architecture}`] = {
      layers: manifest.layers.map(path),
      entryPoint: config.Entrypoint,
    };
  }
  return images;
}

async function unpack(image: Image | undefined, target: string): Promise<string> {
  expect(image?.entryPoint[0]).toBe("/bin/node");
  await runChecked("mkdir", [target]);
  for (const layer of image?.layers ?? []) await runChecked("tar", ["-xf", layer, "-C", target]);
  return target;
}

/** Every program and library of an image is for one processor, and finds the loader and the libraries that it names. */
async function expectPrograms(root: string, architecture: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const programs = [];
  for (const file of files) {
    const content = await readFile(file);
    if (isElf(content)) programs.push({ file, content });
  }
  const paths = new Set(files.map((file) => `/${relative(root, file)}`));
  const names = new Set(programs.map(({ file }) => basename(file)));
  expect(names).toContain("node");
  for (const { file, content } of programs) {
    expect([file, elfArchitecture(content)]).toEqual([file, architecture]);
    const { loader, libraries } = elfNeeds(content);
    if (loader !== undefined) expect(paths).toContain(loader);
    expect(libraries.filter((library) => !names.has(library))).toEqual([]);
  }
}
