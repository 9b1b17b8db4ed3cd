import { isAtLeast, parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import type { Engine } from "../engine-client.ts";

/** An image with a Julia that the tests run, as it can be handed from one process to another. */
export interface JuliaImage {
  /** The name by which every engine of the run has it. */
  readonly image: string;
  /** The full version, as `1.12.5`. */
  readonly version: string;
  /** The digest by which the first engine knows it: the same name may stand for another image tomorrow. */
  readonly id: string;
}

/** Whether a full version is `major.minor` or newer; a pre-release counts as its release. */
export function isVersionAtLeast(version: string, major: number, minor: number): boolean {
  const parsed = parseJuliaVersion(version);
  if (parsed === undefined) throw new Error(`not a version of Julia: ${version}`);
  return isAtLeast(parsed, major, minor);
}

/** `1.12` of `1.12.5`. */
export function minorVersion(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** The tag of an image that bears the official image's name, as `1.12` of `julia:1.12`. */
export function officialVersion(image: string): string | undefined {
  return /^julia:([\w.-]+)$/.exec(image)?.[1];
}

/** The line of a spec that asks for this image: by the version of Julia if it bears the official image's name. */
export function juliaLine({ image }: Pick<JuliaImage, "image">): string {
  const version = officialVersion(image);
  return version === undefined ? `base = ${JSON.stringify(image)}` : `julia = ${JSON.stringify(version)}`;
}

/** Compares for a sort that puts the newest first. */
export function newestFirst(left: string, right: string): number {
  return right.localeCompare(left, "en", { numeric: true });
}

/** Asks an engine for the version of an image's Julia: its own word as official images have it, or else Julia itself. */
export async function inspectJulia(engine: Engine, image: string): Promise<JuliaImage> {
  const format = '{{.Id}}{{range .Config.Env}}{{"\\n"}}{{.}}{{end}}';
  const { stdout } = await engine.docker(["image", "inspect", "--format", format, image]);
  const [id = "", ...variables] = stdout.trim().split("\n");
  const named = variables.find((line) => line.startsWith("JULIA_VERSION="))?.split("=")[1];
  return { image, id, version: named ?? (await askedVersion(engine, image)) };
}

async function askedVersion(engine: Engine, image: string): Promise<string> {
  const command = ["--entrypoint=julia", image, "--startup-file=no", "-e", "print(VERSION)"];
  return (await engine.docker(["run", "--rm", "--network=none", ...command])).stdout.trim();
}
