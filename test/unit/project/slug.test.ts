import { describe, expect, it } from "vitest";
import { crc32c, packageSlug, versionSlug } from "../../../src/project/slug.ts";

describe("slug", () => {
  it("computes CRC-32C (check value of RFC 3720's polynomial)", () => {
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
    expect(crc32c(Buffer.from("56789"), crc32c(Buffer.from("1234")))).toBe(0xe3069283);
  });

  it("names a package version's folder as Julia does", () => {
    expect(
      versionSlug("7876af07-990d-54b4-ab0e-23690620f79a", "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc"),
    ).toBe("aqsx3");
  });

  it.each([
    ["DataFrames", "a93c6f00-e57d-5684-b7b6-d8193f3e46c0", "AR9oZ"],
    ["Pkg", "44cfe95a-1eb2-52ea-b672-e2afdf69b78f", "tUTdb"],
  ])("names %s's compiled files as Julia does", (_name, uuid, slug) => {
    expect(packageSlug(uuid)).toBe(slug);
  });
});
