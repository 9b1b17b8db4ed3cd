import { expect, it } from "vitest";
import { graphOf } from "../../../src/buildkit/llb/graph.ts";
import { lower, lowerUncertainBase } from "../../../src/lower/lower.ts";
import { clientFolder } from "../../../src/lower/place.ts";
import { findTarget } from "../../../src/request/targets.ts";
import { stepGraph } from "../../examples/step-graph.ts";
import { planned } from "../plan/planned.ts";

const target = findTarget("dev");
const plan = (text = "") => planned({ text, ...(target && { target }) });
const definition = (text = "") =>
  lower(plan(text), { project: clientFolder("context", undefined) }, { stepDefaults: {} });

it("leaves registries on top, and has the Debian packages below the depot", () => {
  const { steps } = graphOf(definition('[packages]\nbuild-apt = ["gcc"]'));
  const byDigest = new Map(steps.map((step) => [step.digest, step]));
  const layers: string[] = [];
  for (let step = steps.at(-1); step !== undefined; step = byDigest.get(step.base ?? ""))
    layers.unshift(step.name);
  expect(layers).toEqual([
    "[base] docker.io/library/julia:1.11",
    "[build] install gcc",
    "[dev] install git, ca-certificates",
    "[depot] copy artifacts",
    "[depot] copy compiled",
    "[depot] copy packages",
    "[app] copy the project's dependency files",
    "[app] copy compiled files",
    "[dev] copy registries and folders to write to",
  ]);
});

it("holds the cache of the dependency step, which is made on nothing of its own", () => {
  const graph = stepGraph(definition());
  const [, step = ""] = graph.split(/^\d+ (?=\[dev\] get the registries)/m);
  expect(step).toMatch(/runs julia .* \/run\/frontend\/programs\/steps\/development\.jl/);
  expect(step).toMatch(/\/opt\/julia\/depot: cache \/julia-depot-1\/.*, locked/);
  expect(graph).toMatch(/\[depot\] install and precompile[^[]*\n {4}\/: from \d+ \[base\]/);
});

it("can be asked whether its base has apt", () => {
  const base = lowerUncertainBase(plan(), {}, { stepDefaults: {} });
  expect(base && stepGraph(base)).toContain("docker-image://docker.io/library/julia:1.11@sha256:");
});
