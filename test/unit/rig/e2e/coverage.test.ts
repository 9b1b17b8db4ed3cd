import { expect, test } from "vitest";
import { combinations } from "../../../e2e/coverage.ts";

const julias = ["1.12.5", "1.10.10"];
const classic = { store: "overlay2" } as const;
const todays = { store: "containerd" } as const;
const engines = [classic, todays];
const pairs = (...args: Parameters<typeof combinations<string, typeof classic | typeof todays>>) =>
  combinations(...args).map(({ julia, engine }) => `${julia} ${engine.store}`);

test("the newest Julia is tested on all stores, the others where versions matter and on today's store", () => {
  const newest = ["1.12.5 overlay2", "1.12.5 containerd"];
  expect(pairs({ julias, engines }, "one Julia", false)).toEqual(newest);
  expect(pairs({ julias, engines }, "every Julia", false)).toEqual([...newest, "1.10.10 containerd"]);
  expect(pairs({ julias, engines: [classic] }, "every Julia", false)).toEqual([
    "1.12.5 overlay2",
    "1.10.10 overlay2",
  ]);
});

test("everything is everything", () => {
  expect(pairs({ julias, engines }, "one Julia", true)).toHaveLength(4);
});
