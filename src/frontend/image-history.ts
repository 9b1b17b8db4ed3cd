import type { Graph } from "../buildkit/llb/graph.ts";
import type { ImageConfig } from "../plan/image-config.ts";

/** https://github.com/opencontainers/image-spec/blob/main/config.md: what made a layer, or changed only the configuration. */
export interface HistoryEntry {
  readonly created?: string;
  readonly created_by?: string;
  readonly empty_layer?: boolean;
  readonly [member: string]: unknown;
}

/**
 * The base image's history, and a step for each layer on top; undefined if the base does not tell which layers it has.
 * An exporter completes what is missing, but knows nothing of how the base was made, and that of Docker's classic store
 * dates by its clock, whatever time the image is to have.
 */
export function imageHistory(
  base: ImageConfig,
  graph: Graph,
  created: string | undefined,
): readonly HistoryEntry[] | undefined {
  const known = baseHistory(base);
  const steps = known && layerSteps(graph);
  return steps && [...known, ...steps.map((name) => ({ ...(created && { created }), created_by: name }))];
}

/** The history of a base image, if it has an entry for each of its layers. */
function baseHistory({ history, rootfs }: ImageConfig): readonly HistoryEntry[] | undefined {
  const layers: unknown = (rootfs as { readonly diff_ids?: unknown } | undefined)?.diff_ids;
  if (!Array.isArray(history) || !Array.isArray(layers)) {
    return undefined;
  }
  const entries: readonly HistoryEntry[] = history;
  return entries.filter((entry) => entry.empty_layer !== true).length === layers.length ? entries : undefined;
}

/** The steps that lead from a source to the result, each of which adds a layer; undefined if something else does. */
function layerSteps({ steps }: Graph): readonly string[] | undefined {
  const byDigest = new Map(steps.map((step) => [step.digest, step]));
  const names: string[] = [];
  for (let step = steps.at(-1); step !== undefined; step = byDigest.get(step.base ?? "")) {
    if (step.kind === "source") {
      return names.reverse();
    }
    names.push(step.name);
  }
  return undefined;
}
