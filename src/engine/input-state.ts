import { type Definition, importDefinition, type Output } from "../buildkit/llb/index.ts";
import { UserError } from "../text/user-error.ts";

/** The file system of an input: the result of another build that the client hands over in the place of a context. */
export function inputState(definition: Definition, name: string): Output {
  const state = imported(definition, name);
  if (state === null) {
    throw new UserError(`the context ${name} is empty`);
  }
  return state;
}

function imported(definition: Definition, name: string): Output | null {
  try {
    return importDefinition(definition);
  } catch (cause) {
    throw new UserError(`the client sends the context ${name} in a form that cannot be used: ${cause}`, {
      cause,
    });
  }
}
