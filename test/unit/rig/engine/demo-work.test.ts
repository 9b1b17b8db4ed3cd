import { expect, it } from "vitest";
import { workOf } from "../../../engine/demo-work.ts";
import { STANDARD_PACKAGES, UUIDS } from "../../../engine/packages/standard.ts";

const step = (output: readonly string[]) => ({ name: "[depot] install", cached: false, seconds: 1, output });
const request = (path: string, status = 200) => ({ path, status, bytes: 1 });

it("takes downloads from the server's log and compilations from the steps", () => {
  const steps = [
    step([
      "Compiling 3 packages",
      "  compiling [1/3] Tally",
      "  compiling [2/3] Tally → TallyColoursExt",
      "  compiling [3/3] Almanac",
    ]),
    step([]),
  ];
  const requests = [
    request("/registries"),
    request(`/package/${UUIDS.Tally}/aa`),
    request(`/package/${UUIDS.Almanac}/bb`),
    request(`/package/${UUIDS.Colours}/cc`, 404),
  ];
  expect(workOf(steps, requests, STANDARD_PACKAGES)).toEqual({
    downloaded: ["Almanac", "Tally"],
    compiled: ["Tally", "TallyColoursExt", "Almanac"],
  });
});
