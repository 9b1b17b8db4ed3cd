import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { planAnswer } from "../../../src/answers/answer-plan.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../../docs/plan-json.md"), "utf8");

it("docs/plan-json.md shows the members that a plan has, and explains each", () => {
  const shown = JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? "");
  const { json } = planAnswer(shown.plans);
  expect(json).toEqual(shown);
  const members = [...Object.keys(shown), ...Object.keys(shown.plans[0])];
  expect(members.filter((member) => !page.includes(`\n| \`${member}\` `))).toEqual([]);
});
