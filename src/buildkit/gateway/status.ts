import type { Any } from "@bufbuild/protobuf/wkt";

/** gRPC status codes that this frontend sends or tells apart (google.golang.org/grpc/codes). */
export const StatusCode = {
  unknown: 2,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
} as const;

/** A failure as gRPC transmits it. BuildKit's clients show a message with the code `unknown` bare. */
export interface FailureStatus {
  readonly code: number;
  readonly message: string;
  readonly details: readonly Any[];
}

/** An error that keeps the status it is to be returned, or was received, with. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly status: FailureStatus;

  constructor(status: FailureStatus) {
    super(status.message);
    this.status = status;
  }
}

/** What to return for anything thrown. Details of a failed call are kept unchanged. */
export function statusOf(error: unknown): FailureStatus {
  if (error instanceof StatusError) return error.status;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: StatusCode.unknown,
    message: message || "the frontend failed without a message",
    details: [],
  };
}
