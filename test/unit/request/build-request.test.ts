import { describe, expect, it } from "vitest";
import { readBuildRequest } from "../../../src/request/build-request.ts";

function read(options: Readonly<Record<string, string>>) {
  return readBuildRequest(new Map(Object.entries(options)));
}

describe("options that cannot be obeyed", () => {
  it.each([
    ["cache-imports", "{", "cache-imports is not a list of caches in JSON"],
    ["cache-imports", "[{}]", "cache-imports is not a list of caches in JSON"],
    [
      "cache-imports",
      '[{"Type":"registry","Attrs":{"ref":1}}]',
      "cache-imports is not a list of caches in JSON",
    ],
    ["platform", "linux/", "--platform `linux/` is not of the form os/architecture"],
    ["ulimit", "nofile=many", "ulimit: `many` is not a whole number"],
    ["memory", "1.5", "memory: `1.5` is not a whole number"],
    ["cpushares", "99999999999999999999", "cpushares: `99999999999999999999` is not a whole number"],
    ["cpushares", "-1", "cpushares: -1 is negative"],
    ["add-hosts", "name", "add-hosts: name is not of the form name=value"],
    ["force-network-mode", "bridge", "--network=bridge is not supported"],
    ["shm-size", "1g", "shm-size: `1g` is not a whole number"],
    [
      "no-cache",
      "app,compile",
      "--no-cache-filter: there is no step `compile`; the steps are image, build, depot, julia, app, dev, test",
    ],
    [
      "build-arg:SOURCE_DATE_EPOCH",
      "context",
      "SOURCE_DATE_EPOCH: `context` is not a number of seconds since 1970",
    ],
    ["frobnicate", "1", "the build option frobnicate is not supported by this version"],
  ])("%s = %s", (option, value, message) => {
    expect(read({ [option]: value }).problems).toEqual([{ option, message }]);
  });
});

describe("options that are obeyed", () => {
  it("are caches to import, in the form of newer and older clients", () => {
    const json = JSON.stringify([
      { Type: "registry", Attrs: { ref: "registry.example.com/cache" } },
      { Type: "gha" },
    ]);
    expect(read({ "cache-imports": json })).toMatchObject({
      problems: [],
      cacheImports: [
        { type: "registry", attributes: { ref: "registry.example.com/cache" } },
        { type: "gha", attributes: {} },
      ],
    });
    expect(read({ "cache-from": "a,b" }).cacheImports.map(({ attributes }) => attributes.ref)).toEqual([
      "a",
      "b",
    ]);
  });

  it("are steps to run again: all, or those that are named", () => {
    expect([...read({ "no-cache": "" }).runAgain]).toEqual([
      "image",
      "build",
      "depot",
      "julia",
      "app",
      "dev",
      "test",
    ]);
    expect([...read({ "no-cache": "deps,App" }).runAgain]).toEqual(["depot", "app"]);
    expect([...read({}).runAgain]).toEqual([]);
  });

  it("are the time of the build, which is no argument of the spec", () => {
    const { epoch, buildArgs } = read({ "build-arg:SOURCE_DATE_EPOCH": "1600000000" });
    expect(epoch).toBe(1_600_000_000);
    expect([...buildArgs]).toEqual([]);
  });

  it("are an SBOM, unless another program is to make it", () => {
    expect(read({ "attest:sbom": "" }).sbom).toBe(true);
    expect(read({ "attest:sbom": "generator=registry.example.com/scanner" }).sbom).toBe(false);
    expect(read({}).sbom).toBe(false);
  });

  it("are limits, of which -1 is none", () => {
    const { stepDefaults, problems } = read({
      ulimit: "nofile=1024:2048,nproc=-1",
      memswap: "-1",
      memory: "1000",
    });
    expect(problems).toEqual([]);
    expect(stepDefaults.ulimits).toEqual([
      { name: "nofile", soft: 1024, hard: 2048 },
      { name: "nproc", soft: -1, hard: -1 },
    ]);
    expect(stepDefaults.linuxResources).toEqual({ memory: 1000, memorySwap: -1 });
  });
});
