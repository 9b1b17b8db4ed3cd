import { posix } from "node:path";
import type { Spec } from "../spec/spec.ts";
import { imageEnvironment, sharedEnvironment } from "./build-environment.ts";
import type { ContainerConfig, ImageConfig } from "./image-config.ts";

export interface ImageConfigInputs {
  readonly base: ImageConfig;
  readonly spec: Spec;
  /** Labels from outside the spec; they win. */
  readonly labels: ReadonlyMap<string, string>;
  /** The project's folder in the image. */
  readonly project: string;
}

/**
 * Configuration of the image: the base's, with the spec's environment, user, folder, command and labels. Layers and history
 * are the exporter's to fill in.
 */
export function makeImageConfig({ base, spec, labels, project }: ImageConfigInputs): ImageConfig {
  const { rootfs: _rootfs, history: _history, created: _created, ...inherited } = base;
  const env = { ...sharedEnvironment(base, spec), ...imageEnvironment(spec, project) };
  return {
    ...inherited,
    architecture: base.architecture,
    os: base.os,
    config: {
      ...base.config,
      ...command(spec, project),
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      WorkingDir: project,
      User: spec.user.text,
      Labels: { ...base.config?.Labels, ...Object.fromEntries([...spec.labels, ...labels]) },
    },
  };
}

/** A script becomes the entry point, so that arguments of `docker run` go to it. */
function command(spec: Spec, project: string): Pick<ContainerConfig, "Entrypoint" | "Cmd"> {
  if (spec.main === undefined) {
    return { Cmd: ["julia", ...spec.precompile.flags] };
  }
  return { Entrypoint: ["julia", ...spec.precompile.flags, posix.join(project, spec.main)], Cmd: [] };
}

/** Configuration of an image that holds files alone. */
export function filesOnlyConfig(base: ImageConfig): ImageConfig {
  const { architecture, os, variant } = base;
  return { architecture, os, ...(variant === undefined ? {} : { variant }), config: {} };
}
