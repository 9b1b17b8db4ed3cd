import type { Spec } from "../buildfile/spec.ts";
import type { Graph } from "../buildkit/llb/graph.ts";
import type { Healthcheck } from "../plan/image-config.ts";
import { juliaName } from "../plan/image-julia.ts";
import type { Plan } from "../plan/plan.ts";
import { startupPackage } from "../plan/workload.ts";
import { formatPlatform } from "../request/platforms.ts";
import type { TargetName } from "../request/targets.ts";

/** What would be built for one platform. Documented in docs/plan-json.md; changes there raise `planSchemaVersion`. */
export interface PlanDescription {
  readonly target: TargetName;
  /** `os/architecture[/variant]` */
  readonly platform: string;
  /** As the base image says, else the spec; `unknown` if neither does. */
  readonly julia: string;
  readonly base: BaseDescription;
  /** What the image is made of instead of the base, with a part of the base's Julia; `null` if it is made of the base. */
  readonly smallBase: BaseDescription | null;
  /** Those of an image to work in are all of them; the others have no `dev`. */
  readonly apt: {
    readonly image: readonly string[];
    readonly build: readonly string[];
    readonly dev: readonly string[];
  };
  readonly cache: {
    readonly id: string;
    readonly path: string;
    /** The image whose depot it starts from, and how many of its layers the image takes over; `null` if none was named. */
    readonly seed: { readonly name: string; readonly problem: string | null; readonly layers: number } | null;
  };
  /** What the step that installs the dependencies may use; ids of `--secret` and `--ssh`. */
  readonly access: {
    readonly secrets: readonly string[];
    readonly ssh: readonly string[];
    readonly network: boolean;
  };
  /** `null` if the project has no manifest: then the build chooses. */
  readonly packages: { readonly count: number; readonly list: readonly PackageDescription[] } | null;
  /** What is run while building so that its compiled code is kept; `null` if nothing is. */
  readonly workload: WorkloadDescription | null;
  /** What the image is made of, the base first. */
  readonly layers: readonly LayerDescription[];
  readonly image: ImageDescription;
  /** Names of all steps, each after those that it needs. Steps whose result is cached are not run. */
  readonly steps: readonly string[];
}

export interface BaseDescription {
  readonly reference: string;
  readonly digest: string | null;
}

export interface PackageDescription {
  readonly name: string;
  readonly uuid: string;
  readonly version: string | null;
  readonly treeHash: string | null;
}

export interface WorkloadDescription {
  /** Where the script is in the image. */
  readonly script: string;
  /** Seconds after which it is ended. */
  readonly timeout: number;
  /** The package of ours that holds what was compiled, and its folder. */
  readonly package: string;
  readonly path: string;
}

export interface LayerDescription {
  /** The name of the step that makes the layer. */
  readonly name: string;
  /** What it will hold. */
  readonly holds: string;
}

export interface ImageDescription {
  readonly user: string;
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** `port/protocol` */
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  /** `null`: the container runtime's default. */
  readonly stopSignal: string | null;
  /** The health check in the form of the image's configuration. */
  readonly healthcheck: Healthcheck | null;
}

export const planSchemaVersion = 1;

export function describePlan(plan: Plan, spec: Spec, graph: Graph): PlanDescription {
  const { base, packages, dependencies, image } = plan;
  const config = image.config ?? {};
  return {
    target: plan.target.name,
    platform: formatPlatform(plan.platform),
    julia: juliaName(spec, base.config),
    base: baseDescription(base),
    smallBase: plan.small === undefined ? null : baseDescription(plan.small.base),
    apt: { image: packages.image.names, build: packages.build.names, dev: packages.dev.names },
    cache: { id: dependencies.cacheId, path: plan.depotPath, seed: seedDescription(dependencies) },
    access: {
      secrets: [...new Set(dependencies.access.secrets.map(({ id }) => id))],
      ssh: dependencies.access.agents,
      network: dependencies.access.network !== "none",
    },
    packages:
      dependencies.packages === undefined
        ? null
        : { count: dependencies.packages.length, list: dependencies.packages.map(packageDescription) },
    workload: workloadDescription(plan.application),
    layers: layersOf(plan, graph),
    image: {
      user: config.User ?? "",
      workdir: config.WorkingDir ?? "",
      entrypoint: config.Entrypoint ?? [],
      cmd: config.Cmd ?? [],
      env: config.Env ?? [],
      labels: config.Labels ?? {},
      ports: Object.keys(config.ExposedPorts ?? {}),
      volumes: Object.keys(config.Volumes ?? {}),
      stopSignal: config.StopSignal ?? null,
      healthcheck: config.Healthcheck ?? null,
    },
    steps: graph.steps.map(({ name }) => name),
  };
}

function baseDescription({ reference, digest }: Plan["base"]): BaseDescription {
  return { reference, digest: digest === "" ? null : digest };
}

function seedDescription({ seed }: Plan["dependencies"]): PlanDescription["cache"]["seed"] {
  return seed === undefined
    ? null
    : { name: seed.name, problem: seed.problem ?? null, layers: seed.layers ?? 0 };
}

function workloadDescription({ workload }: Plan["application"]): WorkloadDescription | null {
  if (workload === undefined) {
    return null;
  }
  const { script, timeout, folder } = workload;
  return { script, timeout, package: startupPackage, path: folder };
}

function packageDescription({
  name,
  uuid,
  version,
  treeHash,
}: NonNullable<Plan["dependencies"]["packages"]>[number]): PackageDescription {
  return { name, uuid, version: version ?? null, treeHash: treeHash ?? null };
}

/** The steps from the result down to the base: each leaves a layer. */
function layersOf(plan: Plan, { steps }: Graph): readonly LayerDescription[] {
  const byDigest = new Map(steps.map((step) => [step.digest, step]));
  const chain: LayerDescription[] = [];
  for (let step = steps.at(-1); step !== undefined; step = byDigest.get(step.base ?? "")) {
    chain.unshift({ name: step.name, holds: contentOf(step.name, plan) });
  }
  return chain;
}

/** What a layer holds, by the name of its step; a test sees to it that every layer is described. */
function contentOf(step: string, plan: Plan): string {
  const { packages, application, dependencies, depotPath, folders, small } = plan;
  const count = dependencies.packages?.length;
  const ofPackages =
    count === undefined ? "the packages" : `${count} ${count === 1 ? "package" : "packages"}`;
  const { workload } = application;
  const ofProject =
    workload === undefined ? "the project" : `the project and of what ${workload.script} calls`;
  const contents: readonly (readonly [prefix: string, content: string])[] = [
    [
      "[base]",
      small === undefined
        ? "Julia and the system, as the base image has them"
        : "the system, as the image's base has it",
    ],
    ["[julia] copy", "Julia, as far as the image needs it"],
    [
      "[seed] base image and depot",
      `Julia, the system and ${ofPackages} in ${depotPath}, as the seed has them`,
    ],
    ["[image] make", `folders: ${folders.paths.join(", ")}`],
    ["[image] install", `Debian packages: ${packages.image.names.join(", ")}`],
    ["[build] install", `Debian packages: ${packages.build.names.join(", ")}`],
    ["[dev] install", `Debian packages: ${packages.dev.names.join(", ")}`],
    ["[depot] copy artifacts", `artifacts of ${ofPackages}, in ${depotPath}/artifacts`],
    ["[depot] copy small packages", `sources and compiled code of small packages, in ${depotPath}`],
    ["[depot] copy packages", `sources of ${ofPackages}, in ${depotPath}/packages`],
    [
      "[depot] copy compiled",
      `compiled code of ${ofPackages}, in ${depotPath}/compiled, and their scratch spaces`,
    ],
    ["[app] copy compiled", `compiled code of ${ofProject}, in ${depotPath}/compiled`],
    ["[app] copy", copied(application)],
    ["[dev] copy", "registries, and folders that everyone may write to"],
    ["[test]", "what the tests left in $TEST_RESULTS"],
  ];
  return contents.find(([prefix]) => step.startsWith(prefix))?.[1] ?? "";
}

function copied({ folders, files }: Plan["application"]): string {
  const copies = folders.length > 0 ? folders : files;
  return copies.map(({ from, to }) => `${from === "." ? "the build context" : from} in ${to}`).join(", ");
}
