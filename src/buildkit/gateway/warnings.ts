import type { MessageInitShape } from "@bufbuild/protobuf";
import type { WarnRequestSchema } from "../gen/gateway_pb.ts";
import type { SourceLocation } from "../llb/index.ts";
import { rangeMessage, sourceInfoMessage } from "../llb/source-map.ts";

/** Something the person who builds should know, though the build goes on. */
export interface Warning {
  /** Digest of the vertex it is shown with: for a build file the one that loads it. */
  readonly digest: string;
  /** 1 for what matters most. */
  readonly level: number;
  readonly short: string;
  readonly detail?: readonly string[] | undefined;
  /** Where more can be read. */
  readonly url?: string | undefined;
  readonly location?: SourceLocation | undefined;
}

export function warningMessage(warning: Warning): MessageInitShape<typeof WarnRequestSchema> {
  const { digest, level, short, detail, url, location } = warning;
  return {
    digest,
    level: BigInt(level),
    short: Buffer.from(short),
    detail: (detail ?? []).map((line) => Buffer.from(line)),
    url: url ?? "",
    ...(location === undefined
      ? {}
      : { info: sourceInfoMessage(location.file), ranges: location.ranges.map(rangeMessage) }),
  };
}
