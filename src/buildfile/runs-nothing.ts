import type { Spec } from "./spec.ts";

/** Whether a spec names nothing that its image is to run, so that it starts Julia's REPL. */
export function runsNothing({ main, module, image }: Pick<Spec, "main" | "module" | "image">): boolean {
  return [main, module, image.entrypoint, image.cmd].every((named) => named === undefined);
}
