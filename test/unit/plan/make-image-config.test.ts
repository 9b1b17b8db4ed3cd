import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import type { ContainerConfig } from "../../../src/plan/image-config.ts";
import { makeImageConfig } from "../../../src/plan/make-image-config.ts";

/** The configuration of an image for a spec, on a base with the given one. */
function configure(text: string, base: ContainerConfig = {}): ContainerConfig {
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text: `julia = "1.11"\n${text}` });
  if (spec === undefined) {
    throw new Error(JSON.stringify(diagnostics));
  }
  const labels = new Map<string, string>();
  const image = { os: "linux", architecture: "amd64", config: base };
  const julia = { major: 1, minor: 11 };
  return (
    makeImageConfig({
      ...{ base: image, spec, labels, project: "/app", julia },
      ...{ loadFile: undefined, isForDevelopment: false },
    }).config ?? {}
  );
}

describe("the command", () => {
  const cases: readonly [text: string, entrypoint: readonly string[] | undefined, cmd: readonly string[]][] =
    [
      ["", undefined, ["julia"]],
      ["[precompile]\nflags = ['-O1']", undefined, ["julia", "-O1"]],
      ["main = 'main.jl'", ["julia", "/app/main.jl"], []],
      ["main = 'main.jl'\n[image]\ncmd = ['--port', '80']", ["julia", "/app/main.jl"], ["--port", "80"]],
      ["[image]\ncmd = ['bash']", undefined, ["bash"]],
      ["[image]\nentrypoint = ['julia', '-t4']", ["julia", "-t4"], []],
      ["[image]\nentrypoint = []\ncmd = ['bash']", [], ["bash"]],
    ];

  it.each(cases)("of %j", (text, entrypoint, cmd) => {
    const { Entrypoint, Cmd } = configure(text, { Cmd: ["of the base"] });
    expect({ Entrypoint, Cmd }).toEqual({ Entrypoint: entrypoint, Cmd: cmd });
  });
});

it("never passes on the triggers of the base image", () => {
  expect(configure("", { OnBuild: ["RUN echo"] })).not.toHaveProperty("OnBuild");
});

describe("what a container runtime is told", () => {
  const base: ContainerConfig = {
    ExposedPorts: { "22/tcp": {} },
    Volumes: { "/old": {} },
    StopSignal: "SIGQUIT",
    Healthcheck: { Test: ["NONE"] },
  };

  it("is the base's if the spec says nothing", () => {
    expect(configure("", base)).toMatchObject(base);
    expect(Object.keys(configure("")).sort()).toEqual(["Cmd", "Env", "Labels", "User", "WorkingDir"]);
  });

  it("has the spec's ports and volumes beside the base's", () => {
    const { ExposedPorts, Volumes } = configure(
      "[image]\nexpose = ['80', '53/udp', '9000-9001']\nvolumes = ['/data']",
      base,
    );
    expect(ExposedPorts).toEqual({
      "22/tcp": {},
      "80/tcp": {},
      "53/udp": {},
      "9000/tcp": {},
      "9001/tcp": {},
    });
    expect(Volumes).toEqual({ "/old": {}, "/data": {} });
  });

  it("has the spec's folder, signal and health check, times in nanoseconds", () => {
    const config = configure(
      "[image]\nworkdir = '/data'\nstop-signal = 'SIGINT'\n[image.healthcheck]\ncommand = ['a', 'b c']\ninterval = '10s'\nretries = 2",
      base,
    );
    expect(config).toMatchObject({
      WorkingDir: "/data",
      StopSignal: "SIGINT",
      Healthcheck: { Test: ["CMD", "a", "b c"], Interval: 10_000_000_000, Retries: 2 },
    });
  });
});
