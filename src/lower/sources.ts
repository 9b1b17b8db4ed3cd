import type { Output } from "../buildkit/llb/index.ts";
import type { Stack } from "./stack.ts";

/** File systems of the client that the steps take from. */
export interface Contexts {
  /** The build context, already without what the plan excludes. */
  readonly context: Output;
  /** What takes the place of the base image. */
  readonly base?: Output | undefined;
  /** The image whose depot the cache starts from. */
  readonly seed?: Output | undefined;
  /** What is below the project, if it was made already. */
  readonly own?: Stack | undefined;
  /** Those layers of the seed that are the same as this build would make: base image, Debian packages and depot. */
  readonly stack?: Output | undefined;
  /** What takes the place of path dependencies, by the name of the context. */
  readonly named?: ReadonlyMap<string, Output> | undefined;
}
