import { describe, expect, it } from "vitest";
import { releaseOf } from "../../../release/release.ts";

describe("a release", () => {
  it("has the tags that people follow", () => {
    expect(releaseOf("v1.2.3", "1.2.3")).toEqual({ version: "1.2.3", tags: ["1", "1.2", "1.2.3"] });
    expect(releaseOf("v12.0.0", "12.0.0").tags).toEqual(["12", "12.0", "12.0.0"]);
  });

  it("before version 1 has the tag that specs name", () => {
    expect(releaseOf("v0.1.0", "0.1.0").tags).toEqual(["1", "0.1", "0.1.0"]);
  });

  it("that comes before another moves none of them", () => {
    expect(releaseOf("v1.3.0-rc.1", "1.3.0-rc.1").tags).toEqual(["1.3.0-rc.1"]);
  });

  it.each(["1.2.3", "v1.2", "v1.2.3+build", "latest", ""])("is not %j", (tag) => {
    expect(() => releaseOf(tag, "1.2.3")).toThrow(/no tag of a release/);
  });

  it("is of the version in package.json", () => {
    expect(() => releaseOf("v1.2.4", "1.2.3")).toThrow(
      "the tag is v1.2.4, but package.json has version 1.2.3",
    );
  });
});
