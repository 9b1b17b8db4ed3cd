import { expect, it } from "vitest";
import { warningOfLittleSpace } from "../../../engine/free-space.ts";

it("says that the disk may be full before tests fail because of it", () => {
  expect(warningOfLittleSpace(400e6, "/state")).toMatch(
    /^Only 0\.4 GB are free for \/state\. A run takes up to/,
  );
  expect(warningOfLittleSpace(100e9, "/state")).toBeUndefined();
});
