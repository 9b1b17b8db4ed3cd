/** The parts of an OCI image configuration that we read or write; every other member of the base's passes through. */
export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly config?: ContainerConfig;
  readonly [member: string]: unknown;
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md; the names are the specification's. */
export interface ContainerConfig {
  /** `NAME=value`, in order. */
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  /** `port/protocol`; the values are empty. */
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  /** Folders by their path; the values are empty. */
  readonly Volumes?: Readonly<Record<string, object>>;
  /** Instructions that a Dockerfile runs when it builds on the image. */
  readonly OnBuild?: readonly string[] | null;
  readonly StopSignal?: string;
  readonly Healthcheck?: Healthcheck;
  readonly [member: string]: unknown;
}

/** Docker's addition to the specification (moby/docker-image-spec). Times are in nanoseconds. */
export interface Healthcheck {
  /** `CMD` and a program with arguments, or `CMD-SHELL` and a command line, or `NONE`. */
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** Digests of an image's layers, the lowest first. */
export function layersOf({ rootfs }: ImageConfig): readonly string[] {
  const list = typeof rootfs === "object" && rootfs !== null && "diff_ids" in rootfs ? rootfs.diff_ids : [];
  return Array.isArray(list) ? list.map(String) : [];
}

/** Environment of a configuration by name; of a name that is there twice the last value counts. */
export function environmentOf(config: ImageConfig): ReadonlyMap<string, string> {
  return new Map(
    (config.config?.Env ?? []).map((entry) => {
      const separator = entry.indexOf("=");
      return separator === -1 ? [entry, ""] : [entry.slice(0, separator), entry.slice(separator + 1)];
    }),
  );
}
