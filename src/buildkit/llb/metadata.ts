import { create } from "@bufbuild/protobuf";
import type { OpMetadata } from "../gen/ops_pb.ts";
import { OpMetadataSchema } from "../gen/ops_pb.ts";
import type { LinuxResources, VertexOptions } from "./vertex.ts";

/** What a definition says of a vertex beside its bytes. */
export function metadataMessage(options: VertexOptions, capabilities: readonly string[]): OpMetadata {
  const { name, description, exportCache, linuxResources } = options;
  return create(OpMetadataSchema, {
    ignoreCache: options.ignoreCache ?? false,
    description: { ...description, ...(name === undefined ? {} : { "llb.customname": name }) },
    // Sorted, as Go prints maps, so that a definition's JSON is always the same.
    caps: Object.fromEntries(capabilities.toSorted().map((id) => [id, true])),
    ...(exportCache === undefined ? {} : { exportCache: { Value: exportCache } }),
    ...(linuxResources === undefined ? {} : { linuxResources: linuxResourcesFields(linuxResources) }),
  });
}

/**
 * Joins what two vertices with the same digest say, the later one winning. They are one step to BuildKit.
 */
export function mergeMetadata(earlier: OpMetadata | undefined, later: OpMetadata): OpMetadata {
  if (earlier === undefined) return later;
  return {
    ...earlier,
    ignoreCache: earlier.ignoreCache || later.ignoreCache,
    description: { ...earlier.description, ...later.description },
    caps: { ...earlier.caps, ...later.caps },
    ...(later.exportCache === undefined ? {} : { exportCache: later.exportCache }),
    ...(later.linuxResources === undefined ? {} : { linuxResources: later.linuxResources }),
  };
}

/** Metadata of the operation that selects the result: the capabilities that the definition as a whole needs. */
export function terminalMetadata(vertices: readonly OpMetadata[]): OpMetadata {
  const capabilities = ["constraints", "platform"];
  if (vertices.some((metadata) => metadata.ignoreCache)) capabilities.push("meta.ignorecache");
  if (vertices.some((metadata) => Object.keys(metadata.description).length > 0)) {
    capabilities.push("meta.description");
  }
  if (vertices.some((metadata) => metadata.exportCache !== undefined)) capabilities.push("meta.exportcache");
  return metadataMessage({}, capabilities);
}

function linuxResourcesFields(resources: LinuxResources) {
  return {
    memory: BigInt(resources.memory ?? 0),
    memorySwap: BigInt(resources.memorySwap ?? 0),
    cpuShares: BigInt(resources.cpuShares ?? 0),
    cpuPeriod: BigInt(resources.cpuPeriod ?? 0),
    cpuQuota: BigInt(resources.cpuQuota ?? 0),
    cpusetCpus: resources.cpusetCpus ?? "",
    cpusetMems: resources.cpusetMems ?? "",
  };
}
