import { runVariable } from "./build-environment.ts";
import { depotLayerCount } from "./depot-layers.ts";
import type { ImageConfig } from "./image-config.ts";
import type { Plan } from "./plan.ts";

/**
 * The lower layers of an image: base image, Debian packages and depot. They do not change with the project's sources, so an
 * image built from the same inputs has the same ones, and they can be taken from it as they are.
 */

/** Label of an image with a digest over all that its stack is made from. */
const stackLabel = "julia-frontend.stack";

export interface StackInputs {
  /** Digest over all that this build would make its stack from. */
  readonly digest: string;
  /** Of the seed, if there is one and single layers of it can be had. */
  readonly seed: ImageConfig | undefined;
}

/** A plan whose image says what its stack is made from, and which takes the seed's stack if that is made from the same. */
export function withStack(plan: Plan, { digest, seed }: StackInputs): Plan {
  if (plan.target !== "app" && plan.target !== "deps" && plan.target !== "test") {
    return plan;
  }
  const layers = seed === undefined ? undefined : sharedLayers(plan, digest, seed);
  const named = plan.dependencies.seed;
  return {
    ...plan,
    image: plan.target === "test" ? plan.image : labelled(plan.image, digest),
    ...(seed === undefined || named === undefined || layers === undefined
      ? {}
      : {
          stack: lowestLayers(seed, layers),
          dependencies: { ...plan.dependencies, seed: { ...named, layers } },
        }),
  };
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

/** The plan of the same stack for a build in which no step has to run again. */
export function inAnyRun(plan: Plan): Plan {
  const { [runVariable]: _run, ...env } = plan.dependencies.env;
  return { ...plan, dependencies: { ...plan.dependencies, env } };
}

/** How many layers of the seed are the stack of this build; undefined if it has to make its own. */
function sharedLayers(plan: Plan, digest: string, seed: ImageConfig): number | undefined {
  const { runAgain, dependencies, base, packages } = plan;
  const mustRun = runAgain.has("image") || runAgain.has("build") || runAgain.has("depot");
  // Without a manifest the build chooses the newest versions, which those of the seed are not for ever.
  if (mustRun || dependencies.packages === undefined || seed.config?.Labels?.[stackLabel] !== digest) {
    return undefined;
  }
  const ofBase = layersOf(base.config);
  const ofSeed = layersOf(seed);
  // None of them is ever empty.
  const count =
    ofBase.length + (packages.image.names.length === 0 ? 0 : 1) + depotLayerCount(dependencies.layers);
  const isOnBase = ofBase.length > 0 && ofBase.every((layer, index) => layer === ofSeed[index]);
  return isOnBase && ofSeed.length >= count ? count : undefined;
}

/** Digests of an image's layers, the lowest first. */
function layersOf({ rootfs }: ImageConfig): readonly string[] {
  const list = typeof rootfs === "object" && rootfs !== null && "diff_ids" in rootfs ? rootfs.diff_ids : [];
  return Array.isArray(list) ? list.map(String) : [];
}

function labelled(image: ImageConfig, digest: string): ImageConfig {
  return {
    ...image,
    config: { ...image.config, Labels: { ...image.config?.Labels, [stackLabel]: digest } },
  };
}
