import { describe, expect, it } from "vitest";
import { expandVariables } from "../../../../src/cli/migrate/expand-variables.ts";

const variables = new Map([
  ["SET", { value: "one", isArgument: false }],
  ["EMPTY", { value: "", isArgument: false }],
  ["ARG", { value: "two", isArgument: true }],
  ["OPEN", { isArgument: true }],
]);

describe("variables of a Dockerfile", () => {
  it.each([
    ["$SET/${SET}", "one/one", "one/one"],
    ["${ARG}x", "${ARG}x", "twox"],
    ["${NONE:-three}${EMPTY:-four}${SET:-five}", "threefourone", "threefourone"],
    ["${SET:+yes}${NONE:+no}", "yes", "yes"],
    ["\\$SET $ 5", "$$SET $$ 5", "$SET $ 5"],
  ])("replaces those of %j", (text, spec, plain) => {
    expect(expandVariables(text, variables)).toMatchObject({ spec, plain, unknown: [] });
  });

  it("names those without a value, and leaves them", () => {
    expect(expandVariables("$OPEN-${NONE}", variables)).toMatchObject({
      unknown: ["OPEN", "NONE"],
      plain: "$OPEN-${NONE}",
    });
  });

  it("says which arguments are used", () => {
    expect([...expandVariables("$ARG$ARG$SET", variables).args]).toEqual([["ARG", "two"]]);
  });
});
