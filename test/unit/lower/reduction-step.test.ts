import { describe, expect, it } from "vitest";
import { graphOf } from "../../../src/buildkit/llb/graph.ts";
import { lower, lowerUncertainBase } from "../../../src/lower/lower.ts";
import { clientFolder } from "../../../src/lower/place.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { findTarget } from "../../../src/request/targets.ts";
import { stepGraph } from "../../examples/step-graph.ts";
import { planned, smallBase } from "../plan/planned.ts";

const sources = { project: clientFolder("context", undefined) };
const definitionOf = (plan: Plan) => lower(plan, sources, { stepDefaults: {} });
const onSmallBase = (text: string) =>
  planned({ text: `[image]\nbase = "debian:trixie-slim"\n${text}`, smallBase });

/** The steps that leave the layers of the image, the lowest first. */
function layers(plan: Plan): readonly string[] {
  const { steps } = graphOf(definitionOf(plan));
  const byDigest = new Map(steps.map((step) => [step.digest, step]));
  const names: string[] = [];
  for (let step = steps.at(-1); step !== undefined; step = byDigest.get(step.base ?? ""))
    names.unshift(step.name);
  return names;
}

describe("an image on a small base", () => {
  it("has the reduced Julia in a layer of its own below the depot", () => {
    expect(layers(onSmallBase(""))).toEqual([
      "[base] docker.io/library/debian:trixie-slim",
      "[julia] copy what the image needs of Julia",
      "[depot] copy artifacts",
      "[depot] copy compiled",
      "[depot] copy packages",
      "[app] copy App",
      "[app] copy compiled App",
    ]);
  });

  it("is made by steps of which one sees both bases, and one compiles with what the image has not", () => {
    const graph = stepGraph(definitionOf(onSmallBase("")));
    const [, reduction = ""] = graph.split(/^\d+ (?=\[julia\] find out)/m);
    expect(reduction).toMatch(/runs julia .* \/run\/frontend\/programs\/steps\/reduce_julia\.jl/);
    expect(reduction).toMatch(/as 0 in \/app, without network/);
    expect(reduction).toMatch(
      /\/run\/frontend\/base: from \d+ \[base\] docker\.io\/library\/debian.*read-only/,
    );
    expect(graph).toMatch(/\[internal\] add what Julia compiles with\n.* on \d+ \[app\] copy App\n/);
    expect(graph).toMatch(
      /\[app\] compile App[^[]*\n.*\n.*\n {4}\/: from \d+ \[internal\] add what Julia compiles with/,
    );
    const kept = stepGraph(definitionOf(onSmallBase("compile-at-run-time = true")));
    expect(kept).not.toContain("add what Julia compiles with");
  });

  it("has its Debian packages on the small base, and for the build on the other", () => {
    const { steps } = graphOf(definitionOf(onSmallBase('[packages]\napt = ["libgomp1"]')));
    const names = steps.map(({ name }) => name).filter((name) => name.includes("libgomp1"));
    expect(names.toSorted()).toEqual(["[build] install libgomp1", "[image] install libgomp1"]);
  });

  it("can be looked into before it is built", () => {
    const definition = lowerUncertainBase(onSmallBase(""), {}, { stepDefaults: {} });
    expect(definition && stepGraph(definition)).toContain(
      "docker-image://docker.io/library/debian:trixie-slim@sha256:",
    );
    expect(lowerUncertainBase(planned(), {}, { stepDefaults: {} })).toBeUndefined();
  });

  it("is not what tests run on, nor what people work in, nor what a depot alone is made of", () => {
    for (const name of ["test", "depot", "dev"]) {
      const target = findTarget(name);
      if (target === undefined) throw new Error(name);
      const plan = planned({ text: '[image]\nbase = "debian:trixie-slim"', smallBase, target });
      expect(stepGraph(definitionOf(plan))).not.toContain("debian");
    }
  });
});
