import type { Release } from "./release.ts";

export interface ImageOptions {
  /** Name of the image without a tag. */
  readonly repository: string;
  /** Commit that is released. */
  readonly revision: string;
  /** ISO 8601: the time of the commit, so that the same commit gives the same image. */
  readonly created: string;
  /** Whether a list of what is in the image is attached: BuildKit pulls the program that makes it. */
  readonly sbom: boolean;
  /** File for what BuildKit says of the image, its digest among it. */
  readonly metadataFile: string;
}

/** Arguments for `docker` that build the frontend image for both processors, and push it under every tag of a release. */
export function imageArguments(release: Release, options: ImageOptions): readonly string[] {
  const labels = {
    "org.opencontainers.image.version": release.version,
    "org.opencontainers.image.revision": options.revision,
    "org.opencontainers.image.created": options.created,
  };
  const entries = Object.entries(labels);
  return [
    ...["buildx", "build", "--push", "-f", "Dockerfile.frontend", "--platform", "linux/amd64,linux/arm64"],
    ...release.tags.flatMap((tag) => ["-t", `${options.repository}:${tag}`]),
    ...entries.flatMap(([name, value]) => ["--label", `${name}=${value}`]),
    ...entries.flatMap(([name, value]) => ["--annotation", `index:${name}=${value}`]),
    ...["--provenance", "mode=max", "--sbom", String(options.sbom)],
    ...["--metadata-file", options.metadataFile, "."],
  ];
}
