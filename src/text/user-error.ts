/**
 * What the person who builds, or who set up the builder, can mend: its message is the build's error. Nothing of it goes to the
 * daemon's log, where faults of this frontend stand with their stack.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}
