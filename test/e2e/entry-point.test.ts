import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const uuid = "2f8d61c3-94ab-4e07-b5d9-1c7e3a0f6b28";

describeOnEveryJulia("an image", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  const hasModules = julia.isAtLeast(1, 10);
  const declared = julia.isAtLeast(1, 11) ? "function (@main)(args)" : "function main(args)";

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function prepare(source: string, top: string, tables = ""): Promise<void> {
    scenario = await Scenario.create(
      engine,
      await julia.project({ deps: ["Greetings"], name: "Porter", uuid }),
    );
    await scenario.write({
      "src/Porter.jl": `module Porter\n${source}\nend\n`,
      "main.jl": "print(Threads.nthreads(), ' ', ARGS)\nflush(stdout)\n",
      "serve.jl": `using Sockets
server = listen(ip"127.0.0.1", 8000)
println("ready")
flush(stdout)
accept(server)
`,
      "memory.jl": "print(ccall(:jl_gc_get_max_memory, UInt64, ()) >> 20)\n",
      "julia.toml": specWith(top, tables),
    });
  }

  function specWith(top: string, tables = ""): string {
    return specText({ julia, server, cacheId: scenario.cacheId, top, tables });
  }

  it.skipIf(!hasModules)(
    "runs the `main` of a module with the arguments of `docker run` (needs Julia 1.10)",
    async () => {
      const body = `${declared}\n    print("carries ", join(args, "+"))\n    return length(args)\nend`;
      await prepare(body, 'module = "Porter"');
      await scenario.built();
      const { code, stdout, stderr } = await scenario.run(["--trunk", "bag"]);
      expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "carries --trunk+bag" });
      expect((await scenario.run([])).code).toBe(0);
    },
  );

  it.skipIf(!hasModules)("is not made of a module that has nothing to run (needs Julia 1.10)", async () => {
    await prepare("carry() = 1", 'module = "Porter"');
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("ERROR: the image is to run the module Porter, which has no function `main`");
  });

  it.skipIf(!julia.isAtLeast(1, 12))(
    "is not made of a `main` that Julia would not run (needs Julia 1.12)",
    async () => {
      await prepare("main(args) = 0", 'module = "Porter"');
      const { code, log } = await scenario.build();
      expect(code, log).not.toBe(0);
      expect(log).toContain("declare it as `function (@main)(args)`");
    },
  );

  it("has the threads that the spec names", async () => {
    // Julia 1.5 takes no more than there are processors.
    await prepare("", 'main = "main.jl"', "[run]\nthreads = 2\n");
    await scenario.built();
    expect((await scenario.run(["a"])).stdout).toBe('2 ["a"]');
  });

  it.skipIf(julia.isAtLeast(1, 9))(
    "is not made with flags that its Julia does not take (before Julia 1.9)",
    async () => {
      await prepare("", 'main = "main.jl"', '[run]\nthreads = "2,1"\n');
      const { code, log } = await scenario.build();
      expect(code, log).not.toBe(0);
      expect(log).toMatch(
        /ERROR: the Julia of the image, .* does not start with --threads=2,1, from \[run\] in the spec/,
      );
    },
  );

  it("ends at the signal of `docker stop` in less than a second, and not by being killed", async () => {
    await prepare("", 'main = "serve.jl"');
    await scenario.built();
    const container = `${scenario.image}-stopped`;
    try {
      await engine.docker(["run", "--detach", "--network=none", "--name", container, scenario.image]);
      await expect
        .poll(async () => (await engine.docker(["logs", container])).stdout, {
          timeout: 60_000,
          interval: 200,
        })
        .toContain("ready");
      await engine.docker(["stop", "--time=60", container]);
      const { stdout } = await engine.docker(["inspect", "--format={{.State.ExitCode}}", container]);
      // 128 + SIGTERM; a container that does not heed the signal is killed and has 137.
      expect(stdout.trim()).toBe("143");
      expect(await millisecondsToEnd(container)).toBeLessThan(1000);
    } finally {
      await engine.docker(["rm", "--force", container], { check: false });
    }
  });

  /** The engine's own times: a busy machine takes longer to start its client than Julia to end. */
  async function millisecondsToEnd(container: string): Promise<number> {
    const format = "--format={{.Action}} {{.TimeNano}}";
    const range = ["--since=10m", `--until=${Math.ceil(Date.now() / 1000)}`];
    const filter = ["--filter", `container=${container}`];
    const { stdout } = await engine.docker(["events", ...range, ...filter, format]);
    const times = new Map(stdout.split("\n").map((line) => line.split(" ") as [string, string]));
    return (Number(times.get("die")) - Number(times.get("kill"))) / 1e6;
  }

  it.skipIf(!julia.isAtLeast(1, 10))(
    "heeds the memory of its container, 250 MB of which are not for the heap (needs Julia 1.10)",
    async () => {
      await prepare("", 'main = "memory.jl"');
      const megabytes = async () =>
        (await scenario.run([], ["--memory=1g", "--memory-swap=1g"])).stdout.trim();
      await scenario.built();
      expect(await megabytes()).toBe("774");
      await scenario.write({
        "julia.toml": specWith('main = "memory.jl"', '[run]\nheap-size-hint = "750M"\n'),
      });
      await scenario.built();
      expect(await megabytes()).toBe("500");
    },
  );

  it("leaves no dead processes behind with `docker run --init`, and does without", async () => {
    await prepare("", 'main = "main.jl"');
    await scenario.built();
    // The shell ends before its child, which is then the first process's to take care of.
    const code = `run(\`sh -c "sleep 0.1 & exit"\`); sleep(2)
      states = [split(read("/proc/$pid/stat", String), ") ")[2][1] for pid in readdir("/proc") if all(isdigit, pid)]
      print(count(==('Z'), states))`;
    const dead = async (...flags: readonly string[]) =>
      (await scenario.run(["-e", code], [...flags, "--entrypoint=julia"])).stdout;
    expect(await dead("--init")).toBe("0");
    expect(await dead()).toBe("1");
  });
});
