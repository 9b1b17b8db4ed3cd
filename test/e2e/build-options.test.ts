import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { readOciImage } from "./oci-layout.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const uuid = "8b2d4f60-1c3e-4a5b-9d7f-6e8a0c1b2d3f";
const request = { deps: ["Colours"], name: "Probe", uuid };
/** A package that fails to compile with what it sees of the machine, so that a log shows it. */
const probe = `module Probe
import Colours
lines(path, text) = join(filter(line -> occursin(text, line), readlines(path)), ' ')
println(stderr, "PROBE hosts ", lines("/etc/hosts", "probe.example.com"))
println(stderr, "PROBE limits ", lines("/proc/self/limits", "Max open files"))
println(stderr, "PROBE http_proxy ", get(ENV, "http_proxy", ""))
println(stderr, "PROBE shm ", lines("/proc/self/mounts", " /dev/shm "))
println(stderr, "PROBE cgroup ", lines("/proc/self/cgroup", ""))
println(stderr, "PROBE hostname ", gethostname())
error("seen enough")
end
`;

/** Counts who calls, and hangs up. */
async function startDeafRegistry() {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, connections: () => connections, stop: () => server.close() };
}

describeOnEngines("a build option", (engine, can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
      ".dockerignore": "image\n",
      "src/Probe.jl": "module Probe\nimport Colours\nend\n",
    });
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
  });
  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  it("--no-cache-filter runs the steps that it names, and no others", async () => {
    await scenario.built();
    const depot = await scenario.built({ args: ["--no-cache-filter=deps"] });
    expect(depot.ran.filter((name) => !name.includes("copy"))).toEqual([
      "[depot] install and precompile 1 package",
    ]);
    const app = await scenario.built({ args: ["--no-cache-filter=app"] });
    expect(app.ran.filter((name) => name.startsWith("[depot]"))).toEqual([]);
    expect(app.ran.some((name) => name.startsWith("[app] compile Probe"))).toBe(true);
    const unknown = await scenario.build({ args: ["--no-cache-filter=compile"] });
    expect(unknown.log).toMatch(/there is no step `compile`; the steps are (\w+, )*depot, (\w+, )*app, \w+/);
  });

  it("--no-cache runs every step, with what is in the depot cache", async () => {
    const { ran, log } = await scenario.built({ args: ["--no-cache"] });
    const compiled = ran.filter((name) => !name.includes("copy"));
    expect(compiled.map((name) => name.split(" ", 2).join(" "))).toEqual([
      "[depot] install",
      "[app] compile",
    ]);
    expect(log).toContain("1 package in the manifest, 0 to download");
  });

  it("--network=none leaves the commands without a network", async () => {
    const emptyCache = ["--build-arg=BUILDKIT_CACHE_MOUNT_NS=nothing", "--no-cache-filter=depot"];
    const { code, log } = await scenario.build({ args: ["--network=none", ...emptyCache] });
    expect(code, log).not.toBe(0);
    expect(log).toContain(`The Pkg server is ${server.url}`);
  });

  it("of limits, hosts and proxies holds for every command", async () => {
    await scenario.write({ "src/Probe.jl": probe });
    const args = [
      ...["--add-host=probe.example.com:192.0.2.7", "--ulimit=nofile=4321:4321", "--shm-size=32m"],
      ...["--cgroup-parent=/julia-frontend-test", "--build-arg=http_proxy=http://proxy.example.com:1"],
      "--build-arg=BUILDKIT_SANDBOX_HOSTNAME=workshop",
    ];
    const { code, log } = await scenario.build({ args });
    await scenario.write({ "src/Probe.jl": "module Probe\nimport Colours\nend\n" });
    expect(code, log).not.toBe(0);
    if (!can.namedContexts) {
      for (const option of ["--ulimit", "--shm-size", "--cgroup-parent"]) {
        expect(log).toMatch(new RegExp(`not support ${option} .*: that needs Docker 23.0, or BuildKit 0.10`));
      }
      return;
    }
    expect(log).toMatch(/PROBE hosts 192\.0\.2\.7\s+probe\.example\.com/);
    expect(log).toMatch(/PROBE limits Max open files\s+4321\s+4321/);
    expect(log).toContain("PROBE http_proxy http://proxy.example.com:1");
    expect(log).toMatch(/PROBE shm .*size=32768k/);
    expect(log).toMatch(/PROBE cgroup .*julia-frontend-test/);
    expect(log).toMatch(/PROBE hostname workshop$/m);
  });

  it("of labels, time and proxies reaches the image, and a proxy is no part of what is cached", async () => {
    const spec = specText({ julia, server, cacheId: scenario.cacheId });
    const tables = '[labels]\n"org.example.team" = "spec"\n"org.example.kept" = "spec"\n';
    await scenario.write({ "julia.toml": `${spec}\n${tables}` });
    const epoch = 1_600_000_000;
    const args = [
      ...["--label=org.example.team=a", `--build-arg=SOURCE_DATE_EPOCH=${epoch}`],
      "--build-arg=no_proxy=127.0.0.1",
    ];
    await scenario.built({ args: [...args, "--build-arg=http_proxy=http://one.example.com:1"] });
    const { stdout } = await engine.docker(["image", "inspect", scenario.image, "--format", "{{json .}}"]);
    const { Config, Created } = JSON.parse(stdout);
    expect(Config.Labels).toMatchObject({ "org.example.team": "a", "org.example.kept": "spec" });
    expect(JSON.stringify(Config)).not.toContain("one.example.com");
    expect(Date.parse(Created)).toBe(epoch * 1000);
    const history = await engine.docker(["history", "--human=false", "--no-trunc", scenario.image]);
    expect(history.stdout.match(/2020-09-13T12:26:40Z +\[(depot|app)\] /g)).toHaveLength(5);
    const { ran } = await scenario.built({
      args: [...args, "--build-arg=http_proxy=http://two.example.com:1"],
    });
    expect(ran).toEqual([]);
    await scenario.write({ "julia.toml": spec });
  });

  it("--pull asks the registry, and without it nobody asks for a base image that is here", async () => {
    const registry = await startDeafRegistry();
    const base = `${registry.address}/julia:here`;
    await engine.docker(["tag", julia.image, base]);
    try {
      const spec = specText({ julia, server, cacheId: scenario.cacheId });
      await scenario.write({ "julia.toml": spec.replace(/^(julia|base) = .*$/m, `base = "${base}"`) });
      await scenario.built();
      await scenario.built();
      expect(registry.connections()).toBe(0);
      const pulled = await scenario.build({ args: ["--pull"] });
      expect(pulled.code).not.toBe(0);
      expect(pulled.log).toContain(registry.address);
      expect(registry.connections()).toBeGreaterThan(0);
      await scenario.write({ "julia.toml": spec });
    } finally {
      await engine.docker(["rmi", base]);
      registry.stop();
    }
  });

  it("BUILDKIT_CACHE_MOUNT_NS keeps caches apart", async () => {
    const namespace = ["--build-arg=BUILDKIT_CACHE_MOUNT_NS=other", "--no-cache-filter=depot"];
    const { log } = await scenario.built({ args: namespace });
    expect(log).toContain("1 package in the manifest, 1 to download");
  });

  // The classic image store exports no OCI layouts, and buildx says so.
  it.skipIf(engine.store === "overlay2")(
    "--annotation is the exporter's (the classic store exports no OCI layout)",
    async () => {
      const output = ["--output=type=oci,dest=image,tar=false", "--annotation=org.example.note=kept"];
      const { code, log } = await scenario.buildWith([
        "-f",
        "julia.toml",
        "--provenance=false",
        ...output,
        ".",
      ]);
      expect(code, log).toBe(0);
      const { manifest } = await readOciImage(join(scenario.folder, "image"));
      expect(manifest.annotations).toMatchObject({ "org.example.note": "kept" });
    },
  );
});
