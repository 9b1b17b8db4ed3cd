import type { Folder } from "../first-spec/look.ts";
import type { DockerfileContent } from "./dockerfile.ts";
import type { ImageLayout } from "./image-layout.ts";
import type { UsedStages } from "./used-stages.ts";

/** All that a spec for a Dockerfile is made of. */
export interface MigrationInputs {
  readonly dockerfile: DockerfileContent;
  readonly used: UsedStages;
  readonly layout: ImageLayout;
  /** Absent if there is no project, or more than one. */
  readonly folder: Folder | undefined;
  /** Scripts of the build context that the Dockerfile runs, by their path in the image. */
  readonly scripts: ReadonlyMap<string, ContextScript>;
}

export interface ContextScript {
  /** In the build context. */
  readonly path: string;
  readonly text: string;
}
