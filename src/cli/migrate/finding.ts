/** What a key of the spec may be given here. */
export type OfferedValue = string | number | boolean | Readonly<Record<string, string>>;

/** A value that a line of the Dockerfile gives to a key of the spec. */
export interface Offer {
  readonly kind: "offer";
  /** The key's path, such as `env`, `TZ`. */
  readonly at: readonly string[];
  /** A string is one of the spec: `${NAME}` is an argument in it, and `$$` a dollar sign. */
  readonly value: OfferedValue | readonly string[];
  /** Whether the value is one of a list to which other lines may add. */
  readonly isItem?: boolean;
  /** Arguments of the build that the value uses, with their defaults. */
  readonly args?: ReadonlyMap<string, string>;
  /** What is offered if the spec cannot have this. */
  readonly otherwise?: Offer;
  /** Undefined for what is not from the Dockerfile. */
  readonly line: number | undefined;
  /** What stands in the Dockerfile, or where the value is from. */
  readonly why: string;
}

/** What the spec need not say. */
export interface Needless {
  readonly kind: "needless";
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

/** What has to be done by hand. */
export interface LeftOver {
  readonly kind: "left-over";
  readonly line: number;
  readonly what: string;
  readonly todo: string;
}

export type Finding = Offer | Needless | LeftOver;

export function needless(line: number, what: string, why: string): Needless {
  return { kind: "needless", line, what, why };
}

export function leftOver(line: number, what: string, todo: string): LeftOver {
  return { kind: "left-over", line, what, todo };
}

/** In the order of the lines, and as they were within one. */
export function byLine<One extends Needless | LeftOver>(findings: readonly One[]): readonly One[] {
  return findings.toSorted((one, other) => one.line - other.line);
}
