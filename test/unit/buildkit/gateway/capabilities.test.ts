import { expect, it } from "vitest";
import { capabilities } from "../../../../src/buildkit/gateway/capabilities.ts";

const listed = [
  { ID: "on", Enabled: true, DisabledReasonMsg: "" },
  { ID: "off", Enabled: false, DisabledReasonMsg: "not on this machine" },
  { ID: "silently-off", Enabled: false, DisabledReasonMsg: "" },
];

it("are supported only if they are listed and enabled", () => {
  const { supports, contains } = capabilities(listed, ["assumed"]);
  expect(["on", "off", "unknown", "assumed"].map(supports)).toEqual([true, false, false, false]);
  expect(["on", "off", "unknown", "assumed"].map(contains)).toEqual([true, true, false, false]);
});

it("are the assumed ones if a daemon lists none", () => {
  const { supports, contains } = capabilities([], ["assumed"]);
  expect([supports("assumed"), contains("assumed"), supports("on")]).toEqual([true, true, false]);
});

it("say what is wrong if they are not supported", () => {
  const { problem } = capabilities(listed, []);
  expect(problem("on")).toBeUndefined();
  expect(problem("off")).toBe("off is switched off in this BuildKit: not on this machine");
  expect(problem("silently-off")).toBe("silently-off is switched off in this BuildKit");
  expect(problem("unknown")).toBe("this BuildKit does not support unknown; please update Docker or BuildKit");
  expect(problem("exec.meta.ulimit")).toBe(
    "this BuildKit does not support --ulimit (exec.meta.ulimit): that needs Docker 23.0, or BuildKit 0.10",
  );
});
