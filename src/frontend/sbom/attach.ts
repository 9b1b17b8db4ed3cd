import { posix } from "node:path";
import type { Attestation, GatewayClient, Reference } from "../../buildkit/gateway/index.ts";
import { file, marshal, type Platform, scratch } from "../../buildkit/llb/index.ts";
import { UserError } from "../../text/user-error.ts";
import { type DepotRecord, recordFile } from "./depot-record.ts";
import { type ReducedRecord, reducedRecordFile } from "./reduced-record.ts";
import { type SpdxOptions, spdxDocument, spdxPredicate } from "./spdx-document.ts";

const documentFile = "sbom.spdx.json";

export interface SbomOptions extends Omit<SpdxOptions, "reduced"> {
  readonly client: GatewayClient;
  readonly platform: Platform;
  readonly depotPath: string;
}

/** The record of ten thousand packages has fewer. */
const mostRecordBytes = 8 * 1024 * 1024;

/** What is in an image's depot, as an attestation. Builds the image; none if it has no depot. */
export async function sbomOf(image: Reference, options: SbomOptions): Promise<Attestation | undefined> {
  const { client, platform } = options;
  const [record, reduced] = await Promise.all([
    readRecord<DepotRecord>(image, recordFile, options),
    readRecord<ReducedRecord>(image, reducedRecordFile, options),
  ]);
  if (record === undefined) {
    return undefined;
  }
  const data = spdxDocument(record, { ...options, reduced });
  const actions = [{ type: "mkfile", path: `/${documentFile}`, mode: 0o644, data, timestamp: 0n }] as const;
  const definition = marshal(
    file(scratch, actions, { name: "[internal] list what is in the depot (SBOM)" }),
    {
      platform,
    },
  );
  const reference = await client.solve({ definition });
  return {
    reference,
    path: documentFile,
    predicateType: spdxPredicate,
    metadata: new Map([["reason", "sbom"]]),
  };
}

async function readRecord<Content>(
  image: Reference,
  name: string,
  { client, depotPath }: SbomOptions,
): Promise<Content | undefined> {
  const path = posix.join(depotPath, name);
  const bytes = await client.readFileStart(image, path, mostRecordBytes);
  if (bytes?.length === mostRecordBytes) {
    throw new UserError(`${path} of the image has more than the ${mostRecordBytes} bytes that are read`);
  }
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Content);
}
