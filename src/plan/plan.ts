import type { Platform, ResolveMode } from "../buildkit/llb/index.ts";
import type { ProgramArchive } from "../julia/archives.ts";
import type { Copy } from "../project/layout.ts";
import type { StepName } from "../request/no-cache.ts";
import type { Target } from "../request/targets.ts";
import type { SourceFile, Span } from "../text/source-file.ts";
import type { Access } from "./access.ts";
import type { DepotLayers } from "./depot-layers.ts";
import type { ImageConfig } from "./image-config.ts";
import type { Workload } from "./workload.ts";

/**
 * What will be done for one platform, in Julia's terms. It is made without any I/O and decides everything: turning it into
 * LLB adds no decision.
 */
export interface Plan {
  readonly target: Target;
  readonly platform: Platform;
  /** Steps that run whatever is cached. */
  readonly runAgain: ReadonlySet<StepName>;
  readonly spec: SourceFile;
  readonly base: BaseImage;
  /** Absent if the image is made of the base image. */
  readonly small?: SmallImage;
  /** Debian packages; those of `dev` are added to both others in an image to work in. */
  readonly packages: { readonly image: AptPackages; readonly build: AptPackages; readonly dev: AptPackages };
  /** Where the depot is, in the build and in the image. */
  readonly depotPath: string;
  /** The depot in front of it, which the image's user can write to. */
  readonly userDepotPath: string;
  readonly dependencies: DependencyStep;
  readonly application: ApplicationStep;
  readonly folders: FolderStep;
  /** Absent unless the target is for working at the project. */
  readonly development?: DevelopmentStep;
  /** Absent unless the target runs tests. */
  readonly test?: TestStep;
  /** Configuration of the image whose layers are the lowest: the base image, or as much of the seed as is taken over. */
  readonly lowest: ImageConfig;
  /** Configuration of the image. */
  readonly image: ImageConfig;
}

export interface BaseImage {
  /** Canonical name with tag. */
  readonly reference: string;
  /** Empty if the image has none; then its name is all there is. */
  readonly digest: string;
  readonly config: ImageConfig;
  /** Where the builder looks for it: see ImageOptions. */
  readonly resolveMode?: ResolveMode | undefined;
  readonly span: Span | undefined;
}

export interface AptPackages {
  /** `name` or `name=version`. */
  readonly names: readonly string[];
  readonly span: Span | undefined;
}

/** What the steps that run one of our Julia programs have in common. */
export interface ProgramStep {
  /** The program and those that it includes. */
  readonly programs: ProgramArchive;
  /** The command that runs it. */
  readonly args: readonly string[];
  /** Environment variables. */
  readonly env: Readonly<Record<string, string>>;
  /** The place in the spec that asks for the step. */
  readonly span: Span | undefined;
}

/** An image that is not made of the base image, but has a part of the base image's Julia. */
export interface SmallImage {
  /** What it is made of. */
  readonly base: BaseImage;
  readonly reduction: ReductionStep;
}

/** Find out what the image needs of Julia, and whether its base can run that. */
export interface ReductionStep extends ProgramStep {
  /** The text of the settings file. */
  readonly settings: string;
  /** Files of the build context that say what the project depends on, and where they go. */
  readonly files: readonly Copy[];
  /** Whether it leaves what the project is compiled with, which the image does not have. */
  readonly leavesTools: boolean;
}

/** Install, build, precompile and collect, holding the cache. */
export interface DependencyStep extends ProgramStep {
  /** What the step works on, by file name: settings.toml and the dependency environment. */
  readonly files: ReadonlyMap<string, string>;
  readonly cacheId: string;
  /** Absent if none was named. */
  readonly seed?: Seed;
  readonly access: Access;
  /** What the image's depot will hold; unknown before the step chose versions. */
  readonly packages: readonly PlannedPackage[] | undefined;
  readonly layers: DepotLayers;
}

/** An image whose depot the cache starts from. */
export interface Seed {
  readonly name: string;
  /** Why it is not used; absent if it is. */
  readonly problem?: string;
  /** How many of its layers the image takes over as they are, the base image's among them; absent if none. */
  readonly layers?: number;
}

export interface PlannedPackage {
  readonly name: string;
  readonly uuid: string;
  readonly version: string | undefined;
  /** SHA-1 of the package's git tree. */
  readonly treeHash: string | undefined;
}

/** Make what a container needs to be there: its working folder and its volumes. */
export interface FolderStep {
  /** Absolute; those that are there already stay as they are. */
  readonly paths: readonly string[];
  /** Names or numbers. */
  readonly owner: { readonly user: string | number; readonly group: string | number | undefined };
  readonly span: Span | undefined;
}

/** Copy the project, precompile it, load it once as the image's user. */
export interface ApplicationStep extends ProgramStep {
  /** Folders with sources, and where they go, each before those inside it; none unless the target has sources. */
  readonly folders: readonly Copy[];
  /** Files of the build context that say what the project depends on, and where they go. */
  readonly files: readonly Copy[];
  /** The project's folder in the image. */
  readonly path: string;
  /** Paths of the build context that are left out, in the pattern syntax of .dockerignore. */
  readonly excludes: readonly string[];
  /** The image's user, as whom everything is compiled and loaded. */
  readonly user: string;
  /** The text of the settings file. */
  readonly settings: string;
  /** The name of the project, if it is a package. */
  readonly name: string | undefined;
  /** Names of the packages that are known to be compiled, in this order: local ones, those that need them, the project. */
  readonly compiled: readonly string[];
  /** What is run to keep what it compiles; absent if nothing is. */
  readonly workload?: Workload;
}

/** Make what working at the project takes besides the depot: registries, and folders that everyone may write to. */
export interface DevelopmentStep extends ProgramStep {
  readonly access: Access;
  /** The text of the settings file. */
  readonly settings: string;
}

/** Run the project's tests on the finished image. */
export interface TestStep extends ProgramStep {
  /** The package under test. */
  readonly name: string;
  /** Where what only the tests need is installed: a cache in front of the image's depot. */
  readonly depotPath: string;
  readonly cacheId: string;
  readonly access: Access;
  /** The text of the settings file. */
  readonly settings: string;
}
