import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TargetName } from "../../src/request/targets.ts";

export const examplesFolder = join(import.meta.dirname, "../../examples");

/** An example's `expected/case.json`: how it is built and run, and what is to be seen. */
export interface ExampleCase {
  /** What is planned and built; absent for the image. */
  readonly target?: TargetName;
  /** Further arguments of `docker buildx build`. */
  readonly build?: readonly string[];
  /** What the log of the build contains. */
  readonly log?: string;
  /** Further arguments of `docker run`, those behind the image's name. */
  readonly run?: readonly string[];
  /** A service: it is left running until it is healthy, and then this command is run in its container. */
  readonly exec?: readonly string[];
  /** What the image, or the command in the container, prints. */
  readonly stdout: string;
  /** A part of the image's configuration. */
  readonly config?: object;
  /** The first Julia that it is for, as `1.11`; absent if it is for all. */
  readonly julia?: string;
  /** A Pkg server that asks for a token, and a registry on a git server that asks for a password. */
  readonly surroundings?: "private";
}

const realPackages = "real-packages";

/** The examples whose packages are made for the tests: they are built and run. */
export const exampleNames: readonly string[] = foldersIn("").filter((name) => name !== realPackages);

/** The examples with packages of Julia's own Pkg server, which the tests do not have: they are only planned. */
export const realExampleNames: readonly string[] = foldersIn(realPackages).map(
  (name) => `${realPackages}/${name}`,
);

function foldersIn(folder: string): readonly string[] {
  return readdirSync(join(examplesFolder, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function readExample(name: string, file: string): string {
  return readFileSync(join(examplesFolder, name, file), "utf8");
}

export function readCase(name: string): ExampleCase {
  return JSON.parse(readExample(name, "expected/case.json")) as ExampleCase;
}
