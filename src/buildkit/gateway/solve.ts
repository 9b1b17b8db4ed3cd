import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Result, ResultSchema } from "../gen/gateway_pb.ts";
import { AttestationKind, InTotoSubjectKind, LLBBridge } from "../gen/gateway_pb.ts";
import type { Definition } from "../gen/ops_pb.ts";
import type { Bridge } from "./bridge.ts";
import { StatusCode, StatusError } from "./status.ts";

/** A handle on something built, valid as long as the connection. */
export interface Reference {
  /** Empty for an empty file system. */
  readonly id: string;
}

export interface SolveRequest {
  readonly definition: Definition;
  /** Caches of the client to use; BuildKit does not add them by itself. */
  readonly cacheImports?: readonly CacheImport[] | undefined;
  /** Builds at once, so that a failure rejects here. */
  readonly evaluate?: boolean | undefined;
}

/** A cache to import, as `--cache-from` names it. */
export interface CacheImport {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a build ends with: one file system, or one for each platform id such as `linux/arm64`. */
export interface FrontendResult {
  readonly reference?: Reference | undefined;
  readonly references?: ReadonlyMap<string, Reference> | undefined;
  /** What exporters and clients read, as `containerimage.config`; text is written as UTF-8. */
  readonly metadata: ReadonlyMap<string, Uint8Array | string>;
  /** Statements about the file systems, by platform id. */
  readonly attestations?: ReadonlyMap<string, readonly Attestation[]> | undefined;
}

/** A statement about a result, whose predicate is a file of another one. */
export interface Attestation {
  readonly reference: Reference;
  readonly path: string;
  /** The type of the statement, an address that in-toto defines. */
  readonly predicateType: string;
  readonly metadata: ReadonlyMap<string, string>;
}

export async function solve(bridge: Bridge, request: SolveRequest): Promise<Reference> {
  refuseUnsupported(bridge, request.definition);
  const evaluateInSolve = bridge.gateway.supports("gateway.solve.evaluate");
  const response = await bridge.call(LLBBridge.method.solve, {
    Definition: request.definition,
    allowResultReturn: true,
    allowResultArrayRef: true,
    CacheImports: (request.cacheImports ?? []).map(({ type, attributes }) => ({
      Type: type,
      Attrs: attributes,
    })),
    Evaluate: evaluateInSolve && (request.evaluate ?? false),
  });
  const reference = onlyReference(response.result);
  if (request.evaluate && !evaluateInSolve) await evaluate(bridge, reference);
  return reference;
}

/** Builds what a reference stands for. */
async function evaluate(bridge: Bridge, { id }: Reference): Promise<void> {
  if (id === "") return;
  if (bridge.gateway.supports("gateway.evaluate")) await bridge.call(LLBBridge.method.evaluate, { Ref: id });
  else await bridge.call(LLBBridge.method.statFile, { Ref: id, Path: "." });
}

/** Always sets the result's member: a Return without one stops the daemon. */
export function resultMessage(result: FrontendResult): MessageInitShape<typeof ResultSchema> {
  const metadata = metadataMessage(result.metadata);
  const attestations = Object.fromEntries(
    [...(result.attestations ?? [])].map(([platform, list]) => [
      platform,
      { attestation: list.map(attestationMessage) },
    ]),
  );
  if (result.references === undefined) {
    return { metadata, attestations, result: { case: "ref", value: { id: result.reference?.id ?? "" } } };
  }
  const refs = Object.fromEntries([...result.references].map(([platform, { id }]) => [platform, { id }]));
  return { metadata, attestations, result: { case: "refs", value: { refs } } };
}

function metadataMessage(metadata: FrontendResult["metadata"]) {
  return Object.fromEntries(
    [...metadata].map(([name, value]) => [name, Uint8Array.from(Buffer.from(value))]),
  );
}

function attestationMessage({ reference, path, predicateType, metadata }: Attestation) {
  return {
    kind: AttestationKind.InToto,
    ref: { id: reference.id },
    path,
    inTotoPredicateType: predicateType,
    metadata: metadataMessage(metadata),
    inTotoSubjects: [{ kind: InTotoSubjectKind.Self }],
  };
}

/** Says what is missing before the daemon says it in its own words. */
function refuseUnsupported({ llb }: Bridge, definition: Definition): void {
  const needed = new Set(Object.values(definition.metadata).flatMap(({ caps }) => Object.keys(caps)));
  const problems = [...needed].flatMap((id) => llb.problem(id) ?? []);
  if (problems.length === 0) return;
  throw new StatusError({ code: StatusCode.unknown, message: problems.join("\n"), details: [] });
}

function onlyReference(result: Result | undefined): Reference {
  if (result?.result.case === "ref") return { id: result.result.value.id };
  if (result?.result.case === undefined) return { id: "" };
  throw new Error("BuildKit answered a definition with several results");
}
