import { createHash } from "node:crypto";
import { stringify } from "smol-toml";
import { type FileMap, gitTreeHash } from "./git-tree.ts";
import { tarball } from "./tarball.ts";

export interface ArtifactFixture {
  readonly name: string;
  readonly treeHash: string;
  /** SHA-256 of the tarball, which Pkg checks when it downloads from the artifact's own URL. */
  readonly sha256: string;
  readonly tarball: Buffer;
  /** Pkg's platform keys, for example `{ os: "linux", arch: "x86_64", libc: "glibc" }`. */
  readonly platform: Readonly<Record<string, string>>;
  readonly lazy: boolean;
}

export interface ArtifactDeclaration {
  readonly name: string;
  readonly files: FileMap;
  readonly platform?: Readonly<Record<string, string>>;
  readonly lazy?: boolean;
}

export function defineArtifact(declaration: ArtifactDeclaration): ArtifactFixture {
  const archive = tarball(declaration.files);
  return {
    name: declaration.name,
    treeHash: gitTreeHash(declaration.files),
    sha256: createHash("sha256").update(archive).digest("hex"),
    tarball: archive,
    platform: declaration.platform ?? {},
    lazy: declaration.lazy ?? false,
  };
}

/** The text of Artifacts.toml: an artifact for every platform is a table, one per platform an array of them. */
export function artifactsToml(artifacts: readonly ArtifactFixture[]): string {
  const tables: Record<string, unknown> = {};
  for (const artifact of artifacts) {
    const sameName = artifacts.filter((other) => other.name === artifact.name);
    const anyPlatform = sameName.length === 1 && Object.keys(artifact.platform).length === 0;
    tables[artifact.name] = anyPlatform ? artifactTable(artifact) : sameName.map(artifactTable);
  }
  return stringify(tables);
}

function artifactTable(artifact: ArtifactFixture): Readonly<Record<string, unknown>> {
  return {
    ...artifact.platform,
    "git-tree-sha1": artifact.treeHash,
    ...(artifact.lazy ? { lazy: true } : {}),
    download: [
      {
        // Nobody answers there: a client that does not ask the Pkg server first fails.
        url: `https://artifacts.registry.example.com/${artifact.treeHash}.tar.gz`,
        sha256: artifact.sha256,
      },
    ],
  };
}
