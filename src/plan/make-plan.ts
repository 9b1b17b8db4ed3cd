import { loadFileIn } from "../buildfile/load-file.ts";
import type { Spec } from "../buildfile/spec.ts";
import type { Target } from "../request/targets.ts";
import { buildPackages } from "./apt-packages.ts";
import { userDepot } from "./build-environment.ts";
import { type Decisions, decide, type PlanInputs, spanOf } from "./decisions.ts";
import { depotLabel, writeDepotLabel } from "./depot-description.ts";
import type { ImageConfig } from "./image-config.ts";
import { imageJulia } from "./image-julia.ts";
import { filesOnlyConfig, makeImageConfig } from "./make-image-config.ts";
import type { AptPackages, FolderStep, Plan } from "./plan.ts";
import { planApplication } from "./plan-application.ts";
import { planDependencies } from "./plan-dependencies.ts";
import { packagesForDevelopment, planDevelopment, specForDevelopment } from "./plan-development.ts";
import { inputsLabel, planSeed } from "./plan-seed.ts";
import { planSmallImage } from "./plan-small-image.ts";
import { planTests } from "./plan-tests.ts";
import { workloadOf } from "./workload.ts";

/** Decides everything about a build for one platform. Pure: the same inputs give the same plan. */
export function makePlan(given: PlanInputs): Plan {
  const inputs = given.target.isForDevelopment ? { ...given, spec: specForDevelopment(given.spec) } : given;
  const { target, platform, runAgain, spec, base, project } = inputs;
  const decisions = decide(inputs);
  const dependencies = planDependencies(decisions);
  const packages = packagesOf(target, spec);
  const { depot } = decisions;
  const small = planSmallImage(decisions);
  const seedInputs = { target, platform, runAgain, base, small, packages, dependencies, depot };
  const { seed, lowest, digest } = planSeed(inputs.seed, seedInputs);
  const { name } = project.projectFile;
  return {
    target,
    platform,
    runAgain,
    spec: spec.file,
    base: { reference: spec.base, ...base, span: spanOf(spec, "base", "julia") },
    ...(small === undefined ? {} : { small }),
    packages,
    depotPath: spec.depot.path,
    userDepotPath: userDepot(spec),
    dependencies: { ...dependencies, ...(seed === undefined ? {} : { seed }) },
    application: planApplication(decisions),
    folders: folderStep(target, spec),
    ...(target.isForDevelopment ? { development: planDevelopment(decisions, dependencies) } : {}),
    ...(target.runsTests && name !== undefined ? { test: planTests(decisions, name, dependencies) } : {}),
    lowest,
    image: imageOf(decisions, digest),
  };
}

function packagesOf({ isForDevelopment }: Target, spec: Spec): Plan["packages"] {
  const image = { names: spec.packages.apt, span: spanOf(spec, "packages.apt") };
  const build = buildPackages(spec, spanOf(spec, "packages.build-apt", "pkg.use-cli-git"));
  const none: AptPackages = { names: [], span: undefined };
  return { image, build, dev: isForDevelopment ? packagesForDevelopment({ image, build }, spec) : none };
}

/**
 * The configuration of the result. A build that starts from this image must know what is in it, whatever labels the person
 * gives; what tests leave is nothing that a build could start from.
 */
function imageOf({ inputs, layout, depot, imageBase }: Decisions, digest: string | undefined): ImageConfig {
  const { target, base, spec, labels } = inputs;
  const workload = workloadOf(inputs, layout.project);
  if (target.runsTests) {
    return filesOnlyConfig(base.config, {});
  }
  const ours = {
    [depotLabel]: writeDepotLabel(depot),
    ...(digest === undefined ? {} : { [inputsLabel]: digest }),
  };
  return target.isImage
    ? makeImageConfig({
        base: imageBase,
        spec,
        labels: new Map([...labels, ...Object.entries(ours)]),
        project: layout.project,
        julia: imageJulia(spec, base.config),
        loadFile: workload && loadFileIn(spec.depot.path),
        isForDevelopment: target.isForDevelopment,
      })
    : filesOnlyConfig(base.config, ours);
}

function folderStep({ hasBase }: Target, spec: Spec): FolderStep {
  const { image, user } = spec;
  const paths = image.workdir === undefined ? image.volumes : [image.workdir, ...image.volumes];
  return {
    paths: hasBase ? [...new Set(paths)].filter((path) => path !== "/") : [],
    owner: { user: user.uid ?? user.user, group: user.gid ?? user.group },
    span: spanOf(spec, "image.volumes", "image.workdir"),
  };
}
