import { stringify } from "smol-toml";
import type { Spec } from "../buildfile/spec.ts";
import { developmentArchive } from "../julia/archives.ts";
import { accessOf, sourceSettings } from "./access.ts";
import { runVariable, userDepot } from "./build-environment.ts";
import { type Decisions, runIdOf, spanOf } from "./decisions.ts";
import type { AptPackages, DependencyStep, DevelopmentStep } from "./plan.ts";
import { juliaCommand, outputFolder, settingsFile, settingsFolder } from "./step-folders.ts";

/** The home folder of a user that is a number, and so has none in /etc/passwd: editors keep their server there. */
const developmentHome = "/home/julia";

/** What an image to work in has besides what the spec names: Pkg.develop and people need git, and git needs certificates. */
const developmentPackages = ["git", "ca-certificates"];

/**
 * A spec as an image to work in takes it. What is about the program that the image runs otherwise is left out: people start
 * with the prompt, in the project.
 */
export function specForDevelopment({ main: _main, module: _module, ...spec }: Spec): Spec {
  const { base: _base, entrypoint: _entry, cmd: _cmd, workdir: _folder, ...image } = spec.image;
  const { healthcheck: _healthcheck, stopSignal: _signal, ...rest } = image;
  return { ...spec, image: rest };
}

/** The Debian packages that an image to work in has on top of those of the spec. */
export function packagesForDevelopment(
  { image, build }: { readonly image: AptPackages; readonly build: AptPackages },
  spec: Spec,
): AptPackages {
  const listed = new Set([...image.names, ...build.names].map((entry) => entry.split("=", 1)[0]));
  return {
    names: developmentPackages.filter((name) => !listed.has(name)),
    span: spanOf(spec, "base", "julia"),
  };
}

/**
 * The step that gets the registries. It is not the dependency step, which is the same for all targets.
 *
 * @param dependencies says where packages come from
 */
export function planDevelopment(
  { inputs }: Decisions,
  dependencies: Pick<DependencyStep, "env">,
): DevelopmentStep {
  const { spec } = inputs;
  const runId = runIdOf(inputs, "dev");
  return {
    access: accessOf(spec),
    programs: developmentArchive,
    args: juliaCommand("steps/development.jl", [], `${settingsFolder}/${settingsFile}`),
    env: { ...dependencies.env, ...(runId === undefined ? {} : { [runVariable]: runId }) },
    settings: stringify({
      depot: spec.depot.path,
      "user-depot": userDepot(spec),
      home: homeOf(spec) ?? "",
      output: outputFolder,
      user: spec.user.text,
      ...sourceSettings(spec),
    }),
    span: spanOf(spec, "registries", "pkg", "julia", "base"),
  };
}

/**
 * What an image to work in has in its environment besides what every image has. `[env]` wins: packages are added from where
 * the build gets them, unless the spec says something else for containers.
 */
export function developmentEnvironment(spec: Spec): Record<string, string> {
  const { server, registryPreference, useCliGit } = spec.pkg;
  const home = homeOf(spec);
  return {
    ...(home === undefined ? {} : { HOME: home }),
    ...(server === undefined ? {} : { JULIA_PKG_SERVER: server }),
    ...(registryPreference === undefined ? {} : { JULIA_PKG_SERVER_REGISTRY_PREFERENCE: registryPreference }),
    ...(useCliGit ? { JULIA_PKG_USE_CLI_GIT: "true" } : {}),
  };
}

/** Undefined where the base image has one: for a user with a name, and for root. */
function homeOf({ user, env }: Spec): string | undefined {
  return user.uid === undefined || user.uid === 0 || env.has("HOME") ? undefined : developmentHome;
}
