import { expect, it } from "vitest";
import { graphOf } from "../../../src/buildkit/llb/graph.ts";
import { lower } from "../../../src/lower/lower.ts";
import { clientFolder } from "../../../src/lower/place.ts";
import { findTarget } from "../../../src/request/targets.ts";
import { planned, type Variation } from "../plan/planned.ts";

/** The name of the step that checks, of a project with these local packages. */
function checkingStep(local: readonly string[], variation: Variation = {}): string | undefined {
  const uuidOf = (index: number) => `1000000${index}-0000-0000-0000-000000000000`;
  const manifestText = local
    .map((name, index) => `[[deps.${name}]]\npath = "${name}"\nuuid = "${uuidOf(index)}"\n`)
    .join("");
  const plan = planned({
    projectText: `${named}[deps]\n${local.map((name, index) => `${name} = "${uuidOf(index)}"\n`).join("")}`,
    manifestText,
    ...variation,
  });
  const definition = lower(plan, { project: clientFolder("context", undefined) }, { stepDefaults: {} });
  return graphOf(definition).steps.find(({ name }) => name.includes("nothing is compiled"))?.name;
}

const named = `name = "App"\nuuid = "20000000-0000-0000-0000-000000000000"\n`;
const check = "check that nothing is compiled at start";

it("is named by what is compiled in it, and not by what it checks alone", () => {
  expect(checkingStep([])).toBe(`[app] compile App and ${check}`);
  expect(checkingStep(["Part"])).toBe(`[app] compile Part and App and ${check}`);
  expect(checkingStep(["Part", "Other"])).toBe(`[app] compile App and 2 dependencies and ${check}`);
});

it("compiles local packages of a project that has no name too", () => {
  const uuid = "10000000-0000-0000-0000-000000000000";
  const nameless = (dependencies: string) => ({ projectText: `[deps]\n${dependencies}` });
  expect(checkingStep([], nameless(""))).toBe(`[app] ${check}`);
  expect(checkingStep(["Part"], nameless(`Part = "${uuid}"\n`))).toBe(`[app] compile Part and ${check}`);
  const three = nameless(
    `A = "${uuid}"\nB = "${uuid.replace("0-", "1-")}"\nC = "${uuid.replace("0-", "2-")}"\n`,
  );
  expect(checkingStep(["A", "B", "C"], three)).toBe(`[app] compile 3 packages and ${check}`);
});

it("names a script that it runs", () => {
  const variation = { text: '[precompile]\nworkload = "test/warm.jl"\n' };
  expect(checkingStep([], variation)).toBe(`[app] compile App, run warm.jl and ${check}`);
});

it("compiles nothing for a target without sources", () => {
  const deps = findTarget("deps");
  expect(checkingStep(["Part"], deps && { target: deps })).toBe(`[app] ${check}`);
});
