import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import { frontendSpec, type Surroundings, specFile } from "../frontend-spec.ts";
import {
  containerScriptsDockerfile,
  plainDockerfile,
  precompileScript,
  sharedCacheDockerfile,
} from "./dockerfiles.ts";

/** What a contender builds a project with. */
export interface Recipe extends Surroundings {
  /** Value of JULIA_CPU_TARGET, the same for all contenders. */
  readonly cpuTarget: string;
  /** Name of the project's own package; a project without a name has none to compile. */
  readonly application: string | undefined;
}

export interface Contender {
  readonly name: string;
  /** What it does, in a sentence of the page. */
  readonly what: string;
  /** The file that `docker buildx build -f` names. */
  readonly file: string;
  readonly text: (recipe: Recipe) => string;
  /** Further files of the build context. */
  readonly files?: Files;
}

const dockerfile = "Dockerfile";

export const plain: Contender = {
  name: "plain Dockerfile",
  what: "installs and precompiles the dependencies in a layer of their own, then copies and precompiles the project.",
  file: dockerfile,
  text: plainDockerfile,
};

export const sharedCache: Contender = {
  name: "shared-cache Dockerfile",
  what: "is that of Julia's forum: a depot in a cache mount behind a link, which is copied into the image as a whole and cleaned there; then it precompiles the project like the others.",
  file: dockerfile,
  text: sharedCacheDockerfile,
};

export const containerScripts: Contender = {
  name: "container scripts",
  what: "is what the README of [beacon-biosignals/julia-container-scripts](https://github.com/beacon-biosignals/julia-container-scripts) describes: packages in a layer, compiled files in a cache mount, of which those that the manifest needs are copied. The script is ours, so that nothing is downloaded for it.",
  file: dockerfile,
  text: containerScriptsDockerfile,
  files: { [precompileScript]: readFileSync(join(import.meta.dirname, precompileScript), "utf8") },
};

export const frontend: Contender = {
  name: "this frontend",
  what: "is a spec with the same Pkg server and CPU target, and nothing else.",
  file: specFile,
  text: (recipe) => `${frontendSpec(recipe)}[precompile]\ncpu-target = "${recipe.cpuTarget}"\n`,
};

export const seededFrontend: Contender = {
  ...frontend,
  name: "this frontend with a seed",
  what: "is the same with the image of the cold build, in a registry of this machine, as its seed.",
};

/** In the order of the page's columns. */
export const contenders: readonly Contender[] = [
  plain,
  sharedCache,
  containerScripts,
  frontend,
  seededFrontend,
];
