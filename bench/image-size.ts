// `npm run bench:image`: size of the frontend image as a builder pulls it: what a registry has of it after a plain build and push.
import { report } from "./measure.ts";
import { onEngine } from "./on-engine.ts";

const limit = 45;
const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** The image format's manifest, as far as sizes go. */
interface Manifest {
  readonly config: { readonly size: number };
  readonly layers: readonly { readonly size: number }[];
}

await onEngine([], async (_engine, { frontend }) => {
  const { config, layers } = await readManifest(frontend);
  const bytes = [config, ...layers].reduce((sum, { size }) => sum + size, 0);
  report("frontend image, compressed layers and configuration", bytes / 1e6, "MB", limit);
});

/** Asks a registry on the loopback, which speaks plain HTTP. */
async function readManifest(image: string): Promise<Manifest> {
  const [, registry, name, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(image) ?? [];
  const url = `http://${registry}/v2/${name}/manifests/${tag}`;
  const response = await fetch(url, { headers: { accept: manifestTypes.join(", ") } });
  if (!response.ok) throw new Error(`the registry answered ${response.status} for ${url}`);
  return (await response.json()) as Manifest;
}
