import { expect } from "vitest";
import { type Scenario, signsOfCompiling } from "../e2e/scenario.ts";
import { use } from "./project.ts";

const depot = "/opt/julia/depot";

/** What an image holds and does, as far as it is the same in every build of one project. */
export interface Content {
  /** Paths below the depot, with the SHA-256 of those files that are the same in every build. */
  readonly files: ReadonlyMap<string, string>;
  /** The depot's record, without the sizes of what was compiled. */
  readonly record: unknown;
  readonly printed: string;
}

/** Uses everything in the scenario's image, which must compile nothing, and says what is in it. */
export async function contentOf(scenario: Scenario): Promise<Content> {
  const { code, stdout, stderr } = await scenario.julia(use);
  expect(code, stderr).toBe(0);
  expect(stderr).not.toMatch(signsOfCompiling);
  const files = await scenario.files(depot);
  expect(files.size).toBeGreaterThan(0);
  return {
    files: new Map([...files].filter(([path]) => path !== `${depot}/depot.json`).map(withoutCompiled)),
    record: withoutSizes(await recordOf(scenario)),
    printed: stdout,
  };
}

/**
 * No two compilations give the same file. The end of its name says for which project it was made, and another one's serves as
 * well if it was made of the same.
 */
function withoutCompiled([path, digest]: readonly [string, string]): [string, string] {
  if (!path.startsWith(`${depot}/compiled/`)) return [path, digest];
  return [path.replace(/_\w+(\.\w+)$/, "$1"), "compiled"];
}

async function recordOf(scenario: Scenario): Promise<{ readonly packages: readonly object[] }> {
  return JSON.parse((await scenario.run([`${depot}/depot.json`], ["--entrypoint=cat"])).stdout);
}

function withoutSizes(record: { readonly packages: readonly object[] }): unknown {
  return { ...record, packages: record.packages.map((each) => ({ ...each, compiledBytes: undefined })) };
}
