import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import { timedBuild } from "../../test/engine/timed-build.ts";
import { withTraces } from "../traces.ts";
import { writeFiles } from "../write-files.ts";
import type { Contender } from "./contenders.ts";
import type { BenchProject } from "./projects.ts";
import { copyProject } from "./resolve-project.ts";
import type { Stage } from "./stage.ts";

/** One project's folder, which a contender builds again and again. */
export interface Builds {
  /** Name of the cache mounts; layers are told apart by it too. */
  readonly id: string;
  /** Writes files, builds, and loads the image into the engine. */
  build(files: Files, args?: readonly string[]): Promise<Built>;
}

export interface Built {
  readonly seconds: number;
  /**
   * Name of the image. Each build has one of its own: replacing an image can make Docker's containerd store lose a layer, and
   * what mends that takes time.
   */
  readonly tag: string;
  /** When it was started, in milliseconds since 1970. */
  readonly began: number;
  /** All that was printed. */
  readonly log: string;
}

/** Lets a contender build a project in a folder of its own; the image and the folder are removed afterwards. */
export async function inFolder<T>(
  stage: Stage,
  contender: Contender,
  project: BenchProject,
  id: string,
  use: (builds: Builds) => Promise<T>,
): Promise<T> {
  const { engine, surroundings, settings } = stage;
  const tags: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  const { cpuTarget } = settings;
  const { file } = contender;
  const text = contender.text({ ...surroundings, id, cpuTarget, application: project.application });
  try {
    await copyProject(folder, project.folder === undefined ? {} : { folder: project.folder });
    // What the reader's own project leaves out stays out.
    await writeFile(join(folder, ".dockerignore"), `\n${file}\n.dockerignore\n`, { flag: "a" });
    await writeFiles(folder, { ...contender.files, [file]: text });
    return await use({
      id,
      build: async (files, args = []) => {
        await writeFiles(folder, files);
        const tag = `${id}-${project.name}-${tags.length}`;
        tags.push(tag);
        const options = ["--provenance=false", ...args];
        const began = Date.now();
        const { seconds, log } = await timedBuild(engine, { folder, file, tag, args: options });
        return { seconds, tag, began, log };
      },
    });
  } finally {
    await engine.docker(["image", "rm", "--force", ...tags], { check: false });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Like {@link inFolder}, with a cache and layers that no other build has, which are removed too. */
export async function withBuilds<T>(
  stage: Stage,
  contender: Contender,
  project: BenchProject,
  use: (builds: Builds) => Promise<T>,
): Promise<T> {
  return withTraces(stage.engine, stage.settings, (id) => inFolder(stage, contender, project, id, use));
}
