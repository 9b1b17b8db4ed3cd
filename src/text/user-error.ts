import type { SourceFile, Span } from "./source-file.ts";

/** A part of a file that a person wrote, to be shown with an error. */
export interface Excerpt {
  readonly file: SourceFile;
  readonly span: Span;
}

/**
 * What the person who builds, or who set up the builder, can mend: its message is the build's error, and the excerpts are shown
 * below. Nothing of it goes to the daemon's log, where faults of this frontend stand with their stack.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly excerpts: readonly Excerpt[];

  constructor(message: string, options: ErrorOptions & { readonly excerpts?: readonly Excerpt[] } = {}) {
    super(message, options);
    this.excerpts = options.excerpts ?? [];
  }
}
