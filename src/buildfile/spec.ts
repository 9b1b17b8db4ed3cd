import type { JuliaVersion } from "../julia/julia-version.ts";
import type { CheckSettings } from "../text/check-settings.ts";
import type { SourceFile, Span } from "../text/source-file.ts";

/**
 * What a person asks for, checked and with every default filled in. Everything here has passed the patterns in
 * `formats.ts`, so it may go into an argument vector, an environment variable or an image's configuration as it is.
 */
export interface Spec {
  readonly file: SourceFile;
  /**
   * Where each key that is present stands, from its name to the end of its value, by dotted path (`precompile.cpu-target`,
   * `env.NAME`); for tables the header. Keys left at their default have none.
   */
  readonly spans: ReadonlyMap<string, Span>;
  /** How strict the checks of this build are. */
  readonly check: CheckSettings;
  /** As written. Absent only if `base` is given: then the base image decides. */
  readonly julia?: JuliaSetting;
  /** Canonical image reference with registry, repository and tag or digest. */
  readonly base: string;
  /** Folder of Project.toml within the build context: clean, relative, `.` for the context itself. */
  readonly project: string;
  /** Where the project is put in the image: clean and absolute, never `/`. */
  readonly path: string;
  /** Script that the image runs: clean, relative to the project. */
  readonly main?: string;
  /** Package, or module in one, whose `main` the image runs. */
  readonly module?: string;
  readonly user: User;
  /** Declared build arguments with the values of this build. */
  readonly args: ReadonlyMap<string, string>;
  /** Variables by name, in the order of the file. */
  readonly env: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  readonly packages: {
    /** Debian packages, `name` or `name=version`, in the image. */
    readonly apt: readonly string[];
    /** Debian packages that are there only while building. */
    readonly buildApt: readonly string[];
  };
  readonly depot: {
    /** Clean and absolute, never `/`, neither inside `path` nor around it. */
    readonly path: string;
    /** Takes the place of the derived identity of the cache mount. */
    readonly cacheId?: string;
    /** Canonical name of an image whose depot the cache starts from. */
    readonly seed?: string;
    /** What no build has used for so many days is removed from the cache; 0: never. */
    readonly maxUnusedDays: number;
    /** The image has the registries that Pkg adds packages from. */
    readonly keepRegistries: boolean;
  };
  readonly pkg: {
    /** URL of the Pkg server without trailing slash, or empty for none (packages come from git then). Absent: Julia's default. */
    readonly server?: string;
    /** Artifacts that packages would fetch when they need them are put into the image too. */
    readonly lazyArtifacts: boolean;
    /** Id of the secret with the auth.toml for the Pkg server. */
    readonly auth?: string;
    /** Value of JULIA_PKG_SERVER_REGISTRY_PREFERENCE. */
    readonly registryPreference?: string;
    /** git repositories are fetched by the program `git`, not by libgit2. */
    readonly useCliGit: boolean;
    /** Dependencies come from the cache alone. */
    readonly offline: boolean;
  };
  /** Registries besides General. */
  readonly registries: readonly RegistrySetting[];
  /** What of `--secret` the dependency step gets. */
  readonly secrets: readonly SecretSetting[];
  /** Absent unless the spec has a table `[ssh]`. */
  readonly ssh?: {
    /** Ids of `--ssh`. */
    readonly ids: readonly string[];
    /** Lines of a known_hosts file. */
    readonly knownHosts: readonly string[];
  };
  readonly precompile: {
    /** Value of JULIA_CPU_TARGET. Absent: the portable target of the image's architecture. */
    readonly cpuTarget?: string;
    /** A package that fails to precompile fails the build. */
    readonly strict: boolean;
    /** Packages precompiled at once. Absent: by memory. */
    readonly tasks?: number;
    /** Flags of `julia` that decide which compiled files are valid, as for `--check-bounds=no`. */
    readonly flags: readonly string[];
    /** Script whose compiled code is kept: clean, relative to the project. */
    readonly workload?: string;
    /** Seconds that it may take. */
    readonly workloadTimeout: number;
  };
  readonly run: RunSettings;
  readonly image: ImageSettings;
  readonly test: TestSettings;
}

/** Values of the flags `--threads`, `--heap-size-hint` and `--gcthreads`; what is absent is left to Julia. */
export interface RunSettings {
  readonly threads?: string;
  readonly heapSizeHint?: string;
  readonly gcThreads?: string;
}

/** What the image is made of, and what a running container does, as far as `main` and the base image do not say it. */
export interface ImageSettings {
  /** Canonical reference of the image that gets a reduced Julia. Absent: the image is made of the one that is built on. */
  readonly base?: string;
  /** Standard libraries that a reduced Julia keeps besides those that are needed. */
  readonly keepStdlibs: readonly string[];
  /** A reduced Julia keeps its linker. */
  readonly compileAtRunTime: boolean;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** Clean and absolute. */
  readonly workdir?: string;
  /** `port[-port][/protocol]` */
  readonly expose: readonly string[];
  /** Clean and absolute, never `/`. */
  readonly volumes: readonly string[];
  /** Name or number. */
  readonly stopSignal?: string;
  readonly healthcheck?: HealthcheckSetting;
}

/** Times are in nanoseconds; what is absent is left to Docker. */
export interface HealthcheckSetting {
  /** Program with arguments, never empty. */
  readonly command: readonly string[];
  readonly interval?: number;
  readonly timeout?: number;
  readonly startPeriod?: number;
  readonly startInterval?: number;
  readonly retries?: number;
}

/** How the target `test` runs the project's tests. */
export interface TestSettings {
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly threads: number;
}

/** What Pkg's RegistrySpec takes; at least one of them is given. */
export interface RegistrySetting {
  readonly url?: string;
  readonly uuid?: string;
  readonly name?: string;
}

export interface SecretSetting {
  readonly id: string;
  /** Clean, absolute path of a file; at least one of this and `env` is given. */
  readonly target?: string;
  /** Name of a variable. */
  readonly env?: string;
  /** A build without the secret fails. */
  readonly required: boolean;
}

export interface JuliaSetting {
  /** The version as it is written: the tag of the official image. */
  readonly text: string;
  readonly version: JuliaVersion;
}

export interface User {
  /** The user as it is written: a name or uid, with `:group` or `:gid` if there is one. */
  readonly text: string;
  /** Name or number. */
  readonly user: string;
  readonly group?: string;
  /** Numbers, if they are given as such. */
  readonly uid?: number;
  readonly gid?: number;
}
