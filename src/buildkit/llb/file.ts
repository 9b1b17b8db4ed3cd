import { type FileAction, isOutput } from "./file-actions.ts";
import { fileOperation } from "./file-operation.ts";
import type { Output, State, Vertex, VertexOptions } from "./vertex.ts";

/** Changes a file system without a command: applies the actions to `base` in order. Throws if there are none. */
export function file(base: State, actions: readonly FileAction[], options: VertexOptions = {}): Output {
  if (actions.length === 0) throw new Error("a file operation needs an action");
  // BuildKit's client visits the last action's source first, which decides the order of a definition.
  const sources = actions.toReversed().map((action) => (action.type === "copy" ? action.from : null));
  const inputs = [base, ...sources].filter(isOutput);
  const vertex: Vertex = {
    inputs: [...new Set(inputs)],
    options,
    operation: (context) => fileOperation(base, actions, context),
  };
  return { vertex, index: 0, platform: base?.platform };
}
