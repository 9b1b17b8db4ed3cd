import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { DefinitionSchema } from "../../../src/buildkit/gen/ops_pb.ts";
import { encodeDeterministically } from "../../../src/buildkit/llb/encode.ts";
import { lower } from "../../../src/lower/lower.ts";
import { clientFolder } from "../../../src/lower/place.ts";
import { makePlan } from "../../../src/plan/make-plan.ts";
import { readLoadedProject } from "../../../src/project/read-loaded-project.ts";
import { nothingGiven } from "../../../src/project/read-project.ts";
import { type BuildRequest, readBuildRequest } from "../../../src/request/build-request.ts";
import { defaultTarget } from "../../../src/request/targets.ts";
import { expectSpansInside } from "../buildfile/harness.ts";
import { brokenText } from "../project/fuzz-texts.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const spec = 'julia = "1.11"\n[args]\nA = "a"\nB = "b"\n[env]\nX = "${A}"\nY = "${B}"\n[labels]\nz = "1"\n';

/** SHA-256 of the bytes of the definition that is built for these options, as the frontend makes it. */
function definitionDigest(request: BuildRequest): string {
  const reading = readSpec({ name: "julia.toml", text: spec }, request.buildArgs);
  const { value: project } = readLoadedProject(
    {
      folder: ".",
      projectFile: { name: "Project.toml", text: `[deps]\nExample = "${uuid}"\n` },
      manifest: {
        name: "Manifest.toml",
        text: `manifest_format = "2.0"\n[[deps.Example]]\ngit-tree-sha1 = "${"0".repeat(40)}"\nuuid = "${uuid}"\n`,
      },
      localPreferences: undefined,
      workspace: undefined,
      above: [],
    },
    { julia: undefined, given: nothingGiven, looks: new Map() },
  );
  if (reading.spec === undefined || project === undefined) {
    throw new Error("spec and project are right");
  }
  const plan = makePlan({
    target: defaultTarget,
    platform: request.platforms[0] ?? { os: "linux", architecture: "amd64" },
    spec: reading.spec,
    project,
    base: { digest: `sha256:${"a".repeat(64)}`, config: { os: "linux", architecture: "amd64" } },
    labels: request.labels,
    excludes: [],
    cacheNamespace: request.cacheNamespace,
    runAgain: request.runAgain,
    runId: "session",
  });
  const definition = lower(plan, { project: clientFolder("context", "session") }, request);
  return createHash("sha256").update(encodeDeterministically(DefinitionSchema, definition)).digest("hex");
}

const names = fc.constantFrom(
  "filename",
  "target",
  "platform",
  "multi-platform",
  "no-cache",
  "image-resolve-mode",
  "cache-imports",
  "cache-from",
  "requestid",
  "add-hosts",
  "ulimit",
  "cgroup-parent",
  "force-network-mode",
  "hostname",
  "shm-size",
  "memory",
  "memswap",
  "cpushares",
  "cpuperiod",
  "cpuquota",
  "cpusetcpus",
  "cpusetmems",
  "label:a",
  "label:",
  "build-arg:A",
  "build-arg:",
  "build-arg:HTTP_PROXY",
  "build-arg:BUILDKIT_CACHE_MOUNT_NS",
  "build-arg:BUILDKIT_MULTI_PLATFORM",
  "context:x",
  "attest:sbom",
  "__proto__",
  "constructor",
);
const values = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.json(),
  fc.constantFrom(
    "",
    "host",
    "none",
    "a=b",
    "a=1:2",
    "nofile=x",
    "linux/arm64,linux/386",
    "-1",
    "1e9",
    "9".repeat(40),
    "[{}]",
    "[null]",
    "/",
    ",",
    "=",
    "NaN",
  ),
);
const optionMaps = fc.array(fc.tuple(fc.oneof(names, fc.string()), values)).map((pairs) => new Map(pairs));

describe("whatever the options", () => {
  it("they are read, and so is the spec with their build arguments", () => {
    fc.assert(
      fc.property(optionMaps, (options) => {
        const { buildArgs, problems } = readBuildRequest(options);
        const { diagnostics } = readSpec({ name: "julia.toml", text: spec }, buildArgs);
        expect(diagnostics.map(({ rule }) => rule)).not.toContain("internal-error");
        expectSpansInside(diagnostics);
        expect(problems.filter(({ message }) => message === "")).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("what is not refused can be made into a definition", () => {
    fc.assert(
      fc.property(optionMaps, (options) => {
        // The spec's own argument must stay one that the spec takes.
        const request = readBuildRequest(new Map([...options, ["build-arg:A", "x"]]));
        if (request.problems.length === 0) {
          expect(definitionDigest(request)).toHaveLength(64);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the same build", () => {
  const options: readonly (readonly [string, string])[] = [
    ["build-arg:A", "1"],
    ["build-arg:B", "2"],
    ["build-arg:HTTP_PROXY", "http://proxy.example.com"],
    ["build-arg:NO_PROXY", "example.com"],
    ["label:x", "1"],
    ["label:y", "2"],
    ["add-hosts", "one=10.0.0.1,two=10.0.0.2"],
    ["ulimit", "nofile=1024:2048,nproc=10"],
    ["memory", "1000000"],
    ["cpusetcpus", "0-1"],
    ["platform", "linux/amd64"],
    ["filename", "julia.toml"],
  ];

  it("has the same definition, byte for byte, in 100 runs", () => {
    const first = definitionDigest(readBuildRequest(new Map(options)));
    for (let run = 1; run < 100; run++) {
      expect(definitionDigest(readBuildRequest(new Map(options)))).toEqual(first);
    }
  });

  it("has the same definition in whatever order BuildKit hands the options over", () => {
    const first = definitionDigest(readBuildRequest(new Map(options)));
    const shuffled = fc.shuffledSubarray([...options], { minLength: options.length });
    fc.assert(
      fc.property(shuffled, (order) => {
        expect(definitionDigest(readBuildRequest(new Map(order)))).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });

  it("has another definition for other options", () => {
    const other = new Map([...options, ["build-arg:A", "3"]]);
    expect(definitionDigest(readBuildRequest(other))).not.toEqual(
      definitionDigest(readBuildRequest(new Map(options))),
    );
  });
});

describe("valid options with one thing broken", () => {
  const valid: readonly (readonly [string, string])[] = [
    ["filename", "julia.toml"],
    ["target", "app"],
    ["platform", "linux/amd64,linux/arm64"],
    ["no-cache", "depot,app"],
    ["image-resolve-mode", "pull"],
    ["cache-imports", '[{"Type":"registry","Attrs":{"ref":"registry.example.com/app:cache"}}]'],
    ["add-hosts", "a=127.0.0.1,b=::1"],
    ["ulimit", "nofile=1024:2048"],
    ["force-network-mode", "host"],
    ["shm-size", "67108864"],
    ["label:org.opencontainers.image.title", "app"],
    ["build-arg:A", "x"],
    ["build-arg:SOURCE_DATE_EPOCH", "1700000000"],
    ["context:part", "local:part"],
    ["context:base::linux/amd64", "docker-image://docker.io/library/julia:1.12"],
    ["context:input", "input:0"],
    ["input-metadata:0", '{"containerimage.config":"e30="}'],
    ["local-sessionid:part", "abc"],
    ["attest:sbom", ""],
    ["multi-platform", "true"],
  ];
  const index = fc.nat(valid.length - 1);
  const broken = index.chain((at) => {
    const [name = "", value = ""] = valid[at] ?? [];
    return fc.tuple(
      fc.constant(at),
      fc.oneof(
        brokenText(value).map((text): [string, string] => [name, text]),
        brokenText(name).map((text): [string, string] => [text, value]),
      ),
    );
  });

  it("are read, or refused with what is wrong", () => {
    expect(readBuildRequest(new Map(valid)).problems).toEqual([]);
    fc.assert(
      fc.property(broken, ([at, pair]) => {
        const request = readBuildRequest(new Map(valid.toSpliced(at, 1, pair)));
        expect(request.problems.every(({ message }) => message.length > 10)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
