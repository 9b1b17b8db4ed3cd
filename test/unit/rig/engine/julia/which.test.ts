import { expect, test } from "vitest";
import { wantedImages } from "../../../../engine/julia/which.ts";

const archives = [{ image: "julia:1.12.5", version: "1.12.5" }];
const nothing = { named: undefined, archives: [], canPull: false };

test("takes the images that are named and no others", () => {
  const named = "julia:1.12, mine/julia:nightly\njulia:1.12";
  expect(wantedImages({ named, archives, canPull: true })).toEqual({
    required: ["julia:1.12", "mine/julia:nightly"],
    optional: [],
  });
  expect(wantedImages({ ...nothing, named: " " }).required).toEqual(["julia:1.5.3"]);
});

test("takes the archives, and official images of versions that they lack where these can be pulled", () => {
  expect(wantedImages({ ...nothing, archives })).toEqual({ required: ["julia:1.12.5"], optional: [] });
  expect(wantedImages({ ...nothing, archives, canPull: true })).toEqual({
    required: ["julia:1.12.5"],
    optional: ["julia:1.10"],
  });
});

test("pulls the newest alone where one is enough", () => {
  expect(wantedImages({ ...nothing, canPull: true, newestAlone: true }).optional).toEqual(["julia:1.12"]);
  expect(wantedImages({ ...nothing, archives, canPull: true, newestAlone: true }).optional).toEqual([]);
});

test("takes the stand-in only where there is nothing else and nothing can be pulled", () => {
  expect(wantedImages(nothing).required).toEqual(["julia:1.5.3"]);
  expect(wantedImages({ ...nothing, canPull: true })).toEqual({
    required: [],
    optional: ["julia:1.10", "julia:1.12"],
  });
});
