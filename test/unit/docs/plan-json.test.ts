import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { planSchemaVersion } from "../../../src/answers/describe-plan.ts";
import { targetNames } from "../../../src/request/targets.ts";
import { version } from "../../../src/text/product.ts";

const repository = resolve(import.meta.dirname, "../../..");
const page = readFileSync(resolve(repository, "docs/plan-json.md"), "utf8");
const shown = JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? "");
/** A plan that the frontend made; the tests of the examples compare it with what it makes now. */
const { plans } = JSON.parse(
  readFileSync(resolve(repository, "examples/service/expected/plan.json"), "utf8"),
);

/** Paths of the members of a value; those of a list are its first item's. What people name themselves is left out. */
function members(value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null || path === "image.labels") {
    return [path];
  }
  const [first] = Array.isArray(value) ? value : [];
  return Array.isArray(value)
    ? members(first ?? "", `${path}[]`)
    : Object.entries(value).flatMap(([name, inner]) =>
        members(inner, path === "" ? name : `${path}.${name}`),
      );
}

/** Members that are `null` in one plan and have members of their own in another. */
const whole = (paths: readonly string[]) =>
  paths.map((path) => path.replace(/^(image\.healthcheck|cache\.seed|workload).*/, "$1"));

describe("docs/plan-json.md", () => {
  it("shows the members that a plan has, and no others", () => {
    expect([...new Set(whole(members(shown.plans[0])))]).toEqual([...new Set(whole(members(plans[0])))]);
  });

  it("shows what stands beside the plans", () => {
    const { plans: _plans, ...beside } = shown;
    expect(beside).toEqual({ schemaVersion: planSchemaVersion, frontend: version, targets: targetNames });
  });

  it("explains each member", () => {
    const named = [...Object.keys(shown), ...Object.keys(shown.plans[0])];
    expect(named.filter((member) => !page.includes(`\n| \`${member}\` `))).toEqual([]);
  });
});
