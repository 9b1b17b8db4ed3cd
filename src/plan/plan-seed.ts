import type { NamedSeed } from "./decisions.ts";
import { type DepotDescription, readDepotLabel, whyUnusable } from "./depot-description.ts";
import { depotLayerCount } from "./depot-layers.ts";
import { type ImageConfig, layersOf } from "./image-config.ts";
import { inputsDigest, type LayerInputs } from "./inputs-digest.ts";
import type { DependencyStep, Plan, Seed, SmallImage } from "./plan.ts";

/** Label of an image with the digest over all that its lower layers are made from. */
export const inputsLabel = "julia-frontend.stack";

/** What a build makes of the seed. */
export interface SeedUse {
  /** Absent if none was named. */
  readonly seed?: Seed;
  /** Configuration of the image whose layers are the lowest: the base image's, if no layers of the seed are taken over. */
  readonly lowest: ImageConfig;
  /** What the image is to say of its lower layers; absent if it can say nothing, or is no image. */
  readonly digest?: string;
}

export interface SeedInputs extends LayerInputs, Pick<Plan, "target" | "runAgain"> {
  /** Absent if the image is made of the base image. */
  readonly small?: SmallImage | undefined;
  /** What this build's depot is made for. */
  readonly depot: DepotDescription;
  readonly dependencies: LayerInputs["dependencies"] & Pick<DependencyStep, "packages">;
}

/**
 * Decides whether the cache starts from the seed's depot, and whether the seed's lower layers take the place of the steps that
 * would make them: the same inputs make the same layers.
 */
export function planSeed(named: NamedSeed | undefined, inputs: SeedInputs): SeedUse {
  const { target, base, small, depot } = inputs;
  // On a small base, and in an image to work in, there is more below the depot than a digest over the dependencies says.
  const isPlain = target.hasBase && !target.isForDevelopment && small === undefined;
  const digest = isPlain ? inputsDigest(inputs) : undefined;
  const use = {
    lowest: (small?.base ?? base).config,
    ...(digest === undefined || !target.isImage ? {} : { digest }),
  };
  if (named === undefined) {
    return use;
  }
  const { name, config } = named;
  const problem = named.problem ?? whyUnusable(config && readDepotLabel(config), depot);
  const seed = { name, ...(problem === undefined ? {} : { problem }) };
  const layers = digest === undefined ? undefined : sharedLayers(named, digest, inputs);
  return config === undefined || layers === undefined
    ? { ...use, seed }
    : { ...use, seed: { ...seed, layers }, lowest: lowestLayers(config, layers) };
}

/** How many layers of the seed this build would make likewise; undefined if it has to make its own. */
function sharedLayers(
  { config: seed, hasSingleLayers = false }: NamedSeed,
  digest: string,
  { runAgain, dependencies, base, packages }: SeedInputs,
): number | undefined {
  const mustRun = runAgain.has("image") || runAgain.has("build") || runAgain.has("depot");
  // Without a manifest the build chooses the newest versions, which those of the seed are not for ever.
  const isOpen = mustRun || dependencies.packages === undefined;
  if (!hasSingleLayers || isOpen || seed?.config?.Labels?.[inputsLabel] !== digest) {
    return undefined;
  }
  const ofBase = layersOf(base.config);
  const ofSeed = layersOf(seed);
  // None of them is ever empty.
  const count =
    ofBase.length + (packages.image.names.length === 0 ? 0 : 1) + depotLayerCount(dependencies.layers);
  const isOnBase = ofBase.every((layer, index) => layer === ofSeed[index]);
  return isOnBase && ofSeed.length >= count ? count : undefined;
}

/** The configuration of an image that had only its lowest layers. */
function lowestLayers(image: ImageConfig, count: number): ImageConfig {
  const history = Array.isArray(image.history) ? image.history : [];
  const ends = history.flatMap((entry, index) => (entry?.empty_layer === true ? [] : [index + 1]));
  return {
    ...image,
    rootfs: { type: "layers", diff_ids: layersOf(image).slice(0, count) },
    history: history.slice(0, ends[count - 1] ?? history.length),
  };
}
