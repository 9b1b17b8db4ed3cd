import { describe, expect, it } from "vitest";
import { answer } from "../../src/answers/questions.ts";
import { startSession } from "./session.ts";

const digest = `sha256:${"b".repeat(64)}`;
const depot = {
  format: 1,
  julia: "1.11.4",
  platform: "linux/amd64",
  cpuTarget: "generic",
  path: "/opt/julia/depot",
};

function imageWith(labels: Readonly<Record<string, string>>) {
  const config = JSON.stringify({ os: "linux", architecture: "amd64", config: { Labels: labels } });
  return { digest, config };
}

const base = {
  digest: `sha256:${"a".repeat(64)}`,
  config: JSON.stringify({ os: "linux", architecture: "amd64", config: { Env: ["JULIA_VERSION=1.11.4"] } }),
};

interface Situation {
  /** Label of the image registry.example.com/app. */
  readonly label?: string;
  /** Lines of `[depot]`. */
  readonly spec?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** The images in OCI layouts of the client. */
  readonly layouts?: Readonly<Record<string, ReturnType<typeof imageWith>>>;
}

const inSpec = 'seed = "registry.example.com/app"\n';

async function planOf({ label, spec = inSpec, options = {}, layouts = {} }: Situation) {
  const text = `julia = "1.11"\n[precompile]\ncpu-target = "generic"\n[depot]\n${spec}`;
  const { client, daemon } = await startSession({
    sources: {
      "local://dockerfile": { "julia.toml": text },
      "local://context": { "Project.toml": "", "Manifest.toml": "" },
      "local://elsewhere": {},
    },
    images: {
      ...layouts,
      "docker.io/library/julia:1.11": base,
      "registry.example.com/app:latest": imageWith(
        label === undefined ? {} : { "julia-frontend.depot": label },
      ),
      "registry.example.com/other:1": imageWith({ "julia-frontend.depot": JSON.stringify(depot) }),
    },
  });
  const { metadata } = await answer(client, {
    options: new Map(Object.entries({ filename: "julia.toml", requestid: "frontend.plan", ...options })),
    sessionId: "session",
    workers: [],
  });
  const plan = JSON.parse(metadata.get("result.json")?.toString() ?? "").plans[0];
  const step = plan.steps.find((name: string) => name.startsWith("[depot] install"));
  return { daemon, seed: plan.cache.seed, step, steps: plan.steps };
}

describe("a seed", () => {
  it("that was made for the same Julia, platform, CPU target and path is where the cache starts", async () => {
    const { seed, step, steps } = await planOf({ label: JSON.stringify(depot) });
    expect(seed).toEqual({ name: "registry.example.com/app:latest", problem: null, layers: 0 });
    expect(step).toBe(
      "[depot] install and precompile 0 packages, starting from registry.example.com/app:latest",
    );
    expect(steps).toContain("[seed] registry.example.com/app:latest");
  });

  it.each([
    ["Julia", { julia: "1.10.8" }, "its Julia is 1.10.8, not 1.11.4"],
    ["platform", { platform: "linux/386" }, "its platform is linux/386, not linux/amd64"],
    ["CPU target", { cpuTarget: "native" }, "its CPU target is native, not generic"],
    ["path", { path: "/depot" }, "its depot path is /depot, not /opt/julia/depot"],
    ["format", { format: 2 }, "this frontend did not make it, or a version that is not compatible did"],
  ])("of another %s is a note in the name of the step", async (_what, difference, problem) => {
    const { seed, step, steps } = await planOf({ label: JSON.stringify({ ...depot, ...difference }) });
    expect(seed.problem).toBe(problem);
    expect(step).toBe(
      `[depot] install and precompile 0 packages, without the seed registry.example.com/app:latest: ${problem}`,
    );
    expect(steps).not.toContain("[seed] registry.example.com/app:latest");
  });

  it.each([undefined, "", "not JSON", "[]", "null", '{"format":1}', JSON.stringify({ ...depot, julia: 1 })])(
    "whose label is %s is not ours",
    async (label) => {
      const { seed } = await planOf(label === undefined ? {} : { label });
      expect(seed.problem).toMatch(/^this frontend did not make it/);
    },
  );

  it("that is not there is a note too", async () => {
    const { seed } = await planOf({ spec: 'seed = "registry.example.com/missing:2"\n' });
    expect(seed).toEqual({
      name: "registry.example.com/missing:2",
      problem: "not found",
      layers: 0,
    });
  });

  it("from --build-context beats that of the spec, and needs none there", async () => {
    const options = { "context:depot-seed": "docker-image://registry.example.com/other:1" };
    for (const spec of [inSpec, ""]) {
      const { seed, daemon } = await planOf({ spec, options });
      expect(seed).toEqual({ name: "registry.example.com/other:1", problem: null, layers: 0 });
      expect(JSON.stringify(daemon.requests("resolveSourceMeta"))).not.toContain("example.com/app");
    }
  });

  it("at a URL is named without the token in it", async () => {
    const options = { "context:depot-seed": "https://someone:s3cret@git.example.com/app.git" };
    const { seed, step } = await planOf({ options });
    expect(seed.name).toBe("https://git.example.com/app.git");
    expect(step).not.toContain("s3cret");
  });

  it("in an OCI layout is a step of its own name", async () => {
    const { seed, steps } = await planOf({
      options: { "context:depot-seed": `oci-layout://store@${digest}` },
      layouts: {
        [`docker.io/library/depot-seed@${digest}`]: imageWith({
          "julia-frontend.depot": JSON.stringify(depot),
        }),
      },
    });
    expect(seed.problem).toBe(null);
    expect(steps).toContain(`[seed] docker.io/library/depot-seed@${digest}`);
  });

  it("that is a folder has nobody's word for what is in it", async () => {
    const { seed } = await planOf({ options: { "context:depot-seed": "local:elsewhere" } });
    expect(seed.problem).toMatch(/^this frontend did not make it/);
  });
});
