import type { PackageDescription, PlanDescription, WorkloadDescription } from "./describe-plan.ts";

/** A tree of what would be built, for people. */
export function planText(plans: readonly PlanDescription[]): string {
  return `${plans.map((plan) => drawTree(treeOf(plan)).join("\n")).join("\n\n")}\n`;
}

interface Tree {
  readonly label: string;
  readonly children: readonly Tree[];
}

function leaf(label: string): Tree {
  return { label, children: [] };
}

function branch(label: string, children: readonly string[]): Tree {
  return { label, children: children.map(leaf) };
}

function treeOf(plan: PlanDescription): Tree {
  const { base, smallBase, packages, cache, apt, image, access, workload } = plan;
  return {
    label: `${plan.target} for ${plan.platform}`,
    children: [
      branch(`base ${base.reference}`, [pinLabel(base), `Julia ${plan.julia}`]),
      ...(smallBase === null ? [] : [branch(`image on ${smallBase.reference}`, [pinLabel(smallBase)])]),
      ...(apt.image.length === 0 ? [] : [branch("Debian packages in the image", apt.image)]),
      ...(apt.build.length === 0 ? [] : [branch("Debian packages while building", apt.build)]),
      ...(apt.dev.length === 0
        ? []
        : [branch("Debian packages to work with, besides all of these", apt.dev)]),
      packages === null
        ? branch("packages", ["chosen by the build: the project has no manifest"])
        : branch(
            packages.count === 1 ? "1 package" : `${packages.count} packages`,
            packages.list.map(packageLabel),
          ),
      branch("access of the step that installs them", accessLabels(access)),
      branch("cache", cacheLabels(cache)),
      ...(workload === null ? [] : [branch(`workload ${workload.script}`, workloadLabels(workload))]),
      { label: "layers", children: plan.layers.map(({ name, holds }) => branch(name, [holds])) },
      branch("image", [
        `user ${image.user || "root"}`,
        `folder ${image.workdir || "/"}`,
        `runs ${commandLine([...image.entrypoint, ...image.cmd])}`,
        ...listLabel("listens on", image.ports),
        ...listLabel("volumes", image.volumes),
        ...(image.stopSignal === null ? [] : [`stops at ${image.stopSignal}`]),
        ...(image.healthcheck === null
          ? []
          : [`checks its health by ${commandLine(image.healthcheck.Test ?? [])}`]),
      ]),
      branch("steps", plan.steps),
    ],
  };
}

function pinLabel({ digest }: PlanDescription["base"]): string {
  return digest ?? "not pinned: the registry was not asked";
}

function cacheLabels({ id, path, seed }: PlanDescription["cache"]): readonly string[] {
  const start =
    seed === null
      ? []
      : [
          seed.problem !== null
            ? `does not start from ${seed.name}: ${seed.problem}`
            : seed.layers === 0
              ? `starts from ${seed.name}`
              : `not used: the image takes the lowest ${seed.layers} layers of ${seed.name}`,
        ];
  return [`id ${id}`, `mounted at ${path} while building`, ...start];
}

function workloadLabels({ timeout, package: name, path }: WorkloadDescription): readonly string[] {
  return [`ended after ${timeout} s`, `what it compiles is kept in the package ${name}, in ${path}`];
}

function listLabel(what: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${what} ${items.join(", ")}`];
}

function accessLabels({ secrets, ssh, network }: PlanDescription["access"]): readonly string[] {
  return [
    network ? "network" : "no network",
    ...secrets.map((id) => `secret ${id}`),
    ...ssh.map((id) => `ssh agent ${id}`),
  ];
}

function packageLabel({ name, version }: PackageDescription): string {
  return version === null ? name : `${name} ${version}`;
}

function commandLine(words: readonly string[]): string {
  return words.length === 0 ? "nothing" : words.map((word) => JSON.stringify(word)).join(" ");
}

function drawTree({ label, children }: Tree): readonly string[] {
  const lines = children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const [first = "", ...rest] = drawTree(child);
    return [
      `${isLast ? "└── " : "├── "}${first}`,
      ...rest.map((line) => `${isLast ? "    " : "│   "}${line}`),
    ];
  });
  return [label, ...lines];
}
