import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { entryPoint } from "../../../src/plan/entry-point.ts";

function started(text: string, minor = 12, loadFile?: string): unknown {
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text: `julia = "1.12"\n${text}` });
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics));
  return entryPoint({ spec, project: "/app", julia: { major: 1, minor }, loadFile });
}

describe("a container starts", () => {
  it("a module, as Julia does since 1.12 and in the same way before", () => {
    const module = "module = 'MyApp'\n[image]\ncmd = ['--port', '80']";
    expect(started(module)).toEqual({ Entrypoint: ["julia", "-m", "MyApp"], Cmd: ["--port", "80"] });
    for (const minor of [10, 11]) {
      expect(started(module, minor)).toEqual({
        Entrypoint: ["julia", "-e", "import MyApp; exit(something(MyApp.main(ARGS), 0))", "--"],
        Cmd: ["--port", "80"],
      });
    }
    // Of a base image that does not say which Julia it has.
    const { spec } = readSpec({ name: "julia.toml", text: "base = 'julia:mine'\nmodule = 'MyApp'" });
    expect(
      spec && entryPoint({ spec, project: "/app", julia: undefined, loadFile: undefined }).Entrypoint?.[1],
    ).toBe("-e");
    expect(started("module = 'MyApp.Server'", 10)).toEqual({
      Entrypoint: ["julia", "-e", "import MyApp; exit(something(MyApp.Server.main(ARGS), 0))", "--"],
      Cmd: [],
    });
  });

  it("Julia with the flags that the spec names, numbers as such or as strings", () => {
    const run = "[run]\nthreads = 4\nheap-size-hint = '2G'\ngc-threads = '2,1'";
    const flags = ["--threads=4", "--heap-size-hint=2G", "--gcthreads=2,1"];
    expect(started(`main = 'main.jl'\n${run}`)).toEqual({
      Entrypoint: ["julia", ...flags, "/app/main.jl"],
      Cmd: [],
    });
    expect(started(run)).toEqual({ Cmd: ["julia", ...flags] });
    expect(started("[run]\nthreads = 'auto,1'")).toEqual({ Cmd: ["julia", "--threads=auto,1"] });
  });

  it("what a workload compiled, before anything else", () => {
    const file = "/opt/julia/depot/startup/load.jl";
    expect(started("main = 'main.jl'\n[precompile]\nflags = ['-O1']", 12, file)).toEqual({
      Entrypoint: ["julia", "-O1", "-L", file, "/app/main.jl"],
      Cmd: [],
    });
    expect(started("", 12, file)).toEqual({ Cmd: ["julia", "-L", file] });
  });
});
