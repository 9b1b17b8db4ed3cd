import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../../../src/buildkit/gateway/environment.ts";

describe("options", () => {
  it("are split at the first equals sign", () => {
    const { options } = readEnvironment({
      BUILDKIT_FRONTEND_OPT_0: "build-arg:FLAGS=-a=b\nsecond line",
      BUILDKIT_FRONTEND_OPT_1: "no-cache=",
      BUILDKIT_FRONTEND_OPT_2: "bare",
    });
    expect([...options]).toEqual([
      ["bare", ""],
      ["build-arg:FLAGS", "-a=b\nsecond line"],
      ["no-cache", ""],
    ]);
  });

  it("do not depend on the order in which BuildKit numbers them", () => {
    const entries = Array.from({ length: 30 }, (_, index) => `option${index}=value${index}`);
    const read = (texts: readonly string[]) => [
      ...readEnvironment(
        Object.fromEntries(texts.map((text, index) => [`BUILDKIT_FRONTEND_OPT_${index}`, text])),
      ).options,
    ];
    const expected = read(entries);
    expect(expected).toHaveLength(30);
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        expect(read(shuffled)).toEqual(expected);
      }),
    );
  });

  it("are nothing else in the environment", () => {
    const env = {
      BUILDKIT_FRONTEND_OPT_: "a=1",
      BUILDKIT_FRONTEND_OPT_X: "b=2",
      XBUILDKIT_FRONTEND_OPT_1: "c=3",
    };
    expect(readEnvironment(env).options.size).toBe(0);
  });
});

describe("workers", () => {
  it("have an id, labels and platforms", () => {
    const BUILDKIT_WORKERS = JSON.stringify([
      {
        id: "w",
        labels: { "org.mobyproject.buildkit.worker.snapshotter": "overlayfs" },
        platforms: [
          { architecture: "amd64", os: "linux" },
          { architecture: "arm", os: "linux", variant: "v7" },
          { architecture: "amd64", os: "windows", "os.version": "10.0.1" },
        ],
        gcPolicy: [],
      },
    ]);
    const { workers } = readEnvironment({ BUILDKIT_WORKERS });
    expect(workers).toEqual([
      {
        id: "w",
        labels: { "org.mobyproject.buildkit.worker.snapshotter": "overlayfs" },
        platforms: [
          { os: "linux", architecture: "amd64" },
          { os: "linux", architecture: "arm", variant: "v7" },
          { os: "windows", architecture: "amd64", osVersion: "10.0.1" },
        ],
      },
    ]);
  });

  it("may lack labels and platforms, or all be missing", () => {
    expect(readEnvironment({ BUILDKIT_WORKERS: '[{"id":"w"}]' }).workers).toEqual([
      { id: "w", labels: {}, platforms: [] },
    ]);
    expect(readEnvironment({}).workers).toEqual([]);
  });

  it.each(["{", '{"id":"w"}', "null"])("that are %s are refused", (BUILDKIT_WORKERS) => {
    expect(() => readEnvironment({ BUILDKIT_WORKERS })).toThrow("BUILDKIT_WORKERS is not a JSON array");
  });
});

it("the session and the product are the environment's", () => {
  const env = { BUILDKIT_SESSION_ID: "s", BUILDKIT_EXPORTEDPRODUCT: "docker" };
  expect(readEnvironment(env)).toMatchObject({ sessionId: "s" });
  expect(readEnvironment({})).toMatchObject({ sessionId: "" });
});
