import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { Capabilities } from "./capabilities.ts";
import type { Transport } from "./transport.ts";

/** Calls a method of BuildKit's LLBBridge service. Rejects with a StatusError. */
export type Call = <Input extends DescMessage, Output extends DescMessage>(
  method: DescMethodUnary<Input, Output>,
  request: MessageInitShape<Input>,
) => Promise<MessageShape<Output>>;

/** What the functions of this folder share. */
export interface Bridge {
  readonly call: Call;
  /** What the service itself can do. */
  readonly gateway: Capabilities;
  /** What can be built. */
  readonly llb: Capabilities;
}

/** Calls methods over a transport, each with its message encoded and its answer decoded. */
export function callOver(transport: Transport, timeoutSeconds?: number): Call {
  return async (method, request) => {
    const path = `/${method.parent.typeName}/${method.name}`;
    const bytes = toBinary(method.input, create(method.input, request));
    return fromBinary(method.output, await transport.call(path, bytes, timeoutSeconds));
  };
}
