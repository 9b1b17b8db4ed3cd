export type TargetName = "app" | "deps" | "depot" | "dev" | "test";

/** What can be built: `--target`. All that the targets differ in is said here. */
export interface Target {
  readonly name: TargetName;
  /** What `--call targets` says of it: a noun and what it holds. */
  readonly description: string;
  /** Whether the result is an image that programs run in: the base image with what was built on top. */
  readonly isImage: boolean;
  /** Whether `base` under [image] holds for it: an image with only as much of Julia as the project needs. */
  readonly canBeSmall: boolean;
  /** Whether the steps that make the result begin with the base image, and not with an empty file system. */
  readonly hasBase: boolean;
  /** Whether the project's sources are copied, compiled and loaded, and not its dependencies alone. */
  readonly hasSources: boolean;
  /** Whether people work at the project in it, with files that are mounted: it has what that takes, and starts the prompt. */
  readonly isForDevelopment: boolean;
  /** Whether the project's tests run on the image, so that the result is what they left. */
  readonly runsTests: boolean;
}

export const defaultTarget: Target = {
  name: "app",
  description: "The image: base, depot, project, and its compiled code",
  isImage: true,
  canBeSmall: true,
  hasBase: true,
  hasSources: true,
  isForDevelopment: false,
  runsTests: false,
};

/** In the order in which they are listed. */
export const targets: readonly Target[] = [
  defaultTarget,
  {
    name: "deps",
    description: "The image without the project's sources",
    isImage: true,
    canBeSmall: true,
    hasBase: true,
    hasSources: false,
    isForDevelopment: false,
    runsTests: false,
  },
  {
    name: "depot",
    description: "The depot alone, on an empty file system",
    isImage: false,
    canBeSmall: false,
    hasBase: false,
    hasSources: false,
    isForDevelopment: false,
    runsTests: false,
  },
  {
    name: "dev",
    description: "The image without the project's sources, to work at them: git, registries, a prompt",
    isImage: true,
    canBeSmall: false,
    hasBase: true,
    hasSources: false,
    isForDevelopment: true,
    runsTests: false,
  },
  {
    name: "test",
    description: "Runs the project's tests; holds what they left in $TEST_RESULTS",
    isImage: false,
    canBeSmall: false,
    hasBase: true,
    hasSources: true,
    isForDevelopment: false,
    runsTests: true,
  },
];

export const targetNames: readonly TargetName[] = targets.map(({ name }) => name);

export function findTarget(name: string): Target | undefined {
  return targets.find((target) => target.name === name);
}
