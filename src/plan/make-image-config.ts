import { portRange } from "../buildfile/image-formats.ts";
import type { HealthcheckSetting, ImageSettings, Spec } from "../buildfile/spec.ts";
import type { JuliaVersion } from "../julia/julia-version.ts";
import { imageEnvironment, sharedEnvironment } from "./build-environment.ts";
import { entryPoint } from "./entry-point.ts";
import type { ContainerConfig, Healthcheck, ImageConfig } from "./image-config.ts";
import { developmentEnvironment } from "./plan-development.ts";

export interface ImageConfigInputs {
  readonly base: ImageConfig;
  readonly spec: Spec;
  /** Labels from outside the spec; they win. */
  readonly labels: ReadonlyMap<string, string>;
  /** The project's folder in the image. */
  readonly project: string;
  /** The image's Julia, as precise as it is known. */
  readonly julia: JuliaVersion | undefined;
  /** What Julia is to run first, if a workload was compiled. */
  readonly loadFile: string | undefined;
  /** Whether people work in the image. */
  readonly isForDevelopment: boolean;
}

/**
 * Configuration of the image: the base's, with the spec's environment, user, folder, command and labels. Layers and history
 * are the exporter's to fill in.
 */
export function makeImageConfig(inputs: ImageConfigInputs): ImageConfig {
  const { base, spec, labels, project } = inputs;
  const { rootfs: _rootfs, history: _history, created: _created, ...inherited } = base;
  // Triggers of the base image are refused where they are found (the rule onbuild-base); none is ever passed on.
  const { OnBuild: _triggers, ...baseConfig } = base.config ?? {};
  const env = environmentFor(inputs);
  return {
    ...inherited,
    architecture: base.architecture,
    os: base.os,
    config: {
      ...baseConfig,
      ...entryPoint(inputs),
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      WorkingDir: spec.image.workdir ?? project,
      User: spec.user.text,
      Labels: { ...base.config?.Labels, ...Object.fromEntries([...spec.labels, ...labels]) },
      ...runtime(spec.image, base.config ?? {}),
    },
  };
}

function environmentFor({
  base,
  spec,
  project,
  isForDevelopment,
}: ImageConfigInputs): Record<string, string> {
  const shared = sharedEnvironment(base, spec);
  const ours = imageEnvironment(spec, project, isForDevelopment);
  return { ...(isForDevelopment ? developmentEnvironment(spec) : {}), ...shared, ...ours };
}

/** What a container runtime is told beyond the command. Ports and volumes of the base image stay, as with a Dockerfile. */
function runtime(image: ImageSettings, base: ContainerConfig): Partial<ContainerConfig> {
  const ports = image.expose.flatMap(portNames);
  return {
    ...(ports.length === 0 ? {} : { ExposedPorts: { ...base.ExposedPorts, ...emptyByName(ports) } }),
    ...(image.volumes.length === 0 ? {} : { Volumes: { ...base.Volumes, ...emptyByName(image.volumes) } }),
    ...(image.stopSignal === undefined ? {} : { StopSignal: image.stopSignal }),
    ...(image.healthcheck === undefined ? {} : { Healthcheck: healthcheck(image.healthcheck) }),
  };
}

function portNames(text: string): readonly string[] {
  const { first, last, protocol } = portRange(text);
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol}`);
}

function emptyByName(names: readonly string[]): Readonly<Record<string, object>> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function healthcheck(setting: HealthcheckSetting): Healthcheck {
  const { command, interval, timeout, startPeriod, startInterval, retries } = setting;
  return {
    Test: ["CMD", ...command],
    ...(interval === undefined ? {} : { Interval: interval }),
    ...(timeout === undefined ? {} : { Timeout: timeout }),
    ...(startPeriod === undefined ? {} : { StartPeriod: startPeriod }),
    ...(startInterval === undefined ? {} : { StartInterval: startInterval }),
    ...(retries === undefined ? {} : { Retries: retries }),
  };
}

/** Configuration of an image that holds files alone. */
export function filesOnlyConfig(base: ImageConfig, labels: Readonly<Record<string, string>>): ImageConfig {
  const { architecture, os, variant } = base;
  return {
    architecture,
    os,
    ...(variant === undefined ? {} : { variant }),
    config: Object.keys(labels).length === 0 ? {} : { Labels: labels },
  };
}
