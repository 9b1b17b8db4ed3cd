import { expect, it } from "vitest";
import { StatusError, statusOf } from "../../../../src/buildkit/gateway/status.ts";

it("of a failed call is kept as it is", () => {
  const status = { code: 12, message: "not here", details: [] };
  const error = new StatusError(status);
  expect(statusOf(error)).toBe(status);
  expect(error.message).toBe("not here");
});

it.each([
  [new Error("boom"), "boom"],
  ["just text", "just text"],
  [undefined, "undefined"],
  [new Error(""), "the frontend failed without a message"],
])("of anything else thrown is its message, with the code that is shown bare", (thrown, message) => {
  expect(statusOf(thrown)).toEqual({ code: 2, message, details: [] });
});
