import type { TestProject } from "vitest/node";
import setupEngines from "../e2e/global-setup.ts";
import { faultSettings } from "./settings.ts";

/** The surroundings of the end to end tests, and the numbers of this run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const settings = faultSettings(process.env);
  console.log(`\nFAULTS_SEED=${settings.seed} repeats this run.\n`);
  project.provide("faults", settings);
  return setupEngines(project);
}
