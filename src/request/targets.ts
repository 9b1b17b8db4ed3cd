export type TargetName = "app" | "deps" | "depot" | "test";

/** What can be built: `--target`. All that the targets differ in is said here. */
export interface Target {
  readonly name: TargetName;
  /** What `--call targets` says of it: a noun and what it holds. */
  readonly description: string;
  /** Whether the result is an image that programs run in: the base image with what was built on top. */
  readonly isImage: boolean;
  /** Whether the steps that make the result begin with the base image, and not with an empty file system. */
  readonly hasBase: boolean;
  /** Whether the project's sources are copied, compiled and loaded, and not its dependencies alone. */
  readonly hasSources: boolean;
  /** Whether the project's tests run on the image, so that the result is what they left. */
  readonly runsTests: boolean;
}

export const defaultTarget: Target = {
  name: "app",
  description: "The image: base, depot, project, and its compiled code",
  isImage: true,
  hasBase: true,
  hasSources: true,
  runsTests: false,
};

/** In the order in which they are listed. */
export const targets: readonly Target[] = [
  defaultTarget,
  {
    name: "deps",
    description: "The image without the project's sources",
    isImage: true,
    hasBase: true,
    hasSources: false,
    runsTests: false,
  },
  {
    name: "depot",
    description: "The depot alone, on an empty file system",
    isImage: false,
    hasBase: false,
    hasSources: false,
    runsTests: false,
  },
  {
    name: "test",
    description: "Runs the project's tests; holds what they left in $TEST_RESULTS",
    isImage: false,
    hasBase: true,
    hasSources: true,
    runsTests: true,
  },
];

export const targetNames: readonly TargetName[] = targets.map(({ name }) => name);

export function findTarget(name: string): Target | undefined {
  return targets.find((target) => target.name === name);
}
