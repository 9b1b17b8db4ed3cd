import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { findTarget } from "../../../src/request/targets.ts";
import { planned, smallBase, type Variation } from "./planned.ts";

const target = findTarget("dev");
const inDevelopment = (text = "", more: Variation = {}) =>
  planned({ text, ...(target && { target }), ...more });
const variables = (text = "") =>
  Object.fromEntries((inDevelopment(text).image.config?.Env ?? []).map((line) => line.split(/=(.*)/s, 2)));

it("has the dependency step of the other targets", () => {
  const text = '[packages]\napt = ["curl"]\nbuild-apt = ["gcc"]\n[pkg]\nserver = "https://pkg.example.com"';
  expect(inDevelopment(text).dependencies).toEqual(planned({ text }).dependencies);
});

describe("the Debian packages", () => {
  it("are git, and what git needs for the web", () => {
    expect(inDevelopment().packages.dev.names).toEqual(["git", "ca-certificates"]);
    expect(planned().packages.dev.names).toEqual([]);
  });

  it("are not named again if the spec names them", () => {
    const text = '[packages]\napt = ["git=1:2.47"]\nbuild-apt = ["ca-certificates"]';
    expect(inDevelopment(text).packages.dev.names).toEqual([]);
  });
});

describe("the image", () => {
  it("starts the prompt in the project, whatever the spec has for the program", () => {
    const { image } = inDevelopment(`main = "main.jl"
[image]
cmd = ["--port", "80"]
workdir = "/data"
stop-signal = "SIGINT"
healthcheck = { command = ["true"] }
[run]
threads = "auto"`);
    expect(image.config).toMatchObject({ Cmd: ["julia", "--threads=auto"], WorkingDir: "/app" });
    for (const name of ["Entrypoint", "Healthcheck", "StopSignal"])
      expect(image.config).not.toHaveProperty(name);
    for (const text of ['module = "App"', '[image]\nentrypoint = ["julia", "serve.jl"]'])
      expect(inDevelopment(text).image.config).toMatchObject({ Cmd: ["julia"] });
  });

  it("finds the depot, a home for a user that is a number, and keeps the history of the prompt", () => {
    expect(variables()).toMatchObject({
      JULIA_DEPOT_PATH: "/opt/julia/depot-user:/opt/julia/depot:",
      JULIA_PROJECT: "/app",
      HOME: "/home/julia",
    });
    expect(variables()).not.toHaveProperty("JULIA_HISTORY");
    expect(variables()).not.toHaveProperty("JULIA_LOAD_PATH");
  });

  it.each(['user = "root"', 'user = "0:0"', 'user = "vscode"'])("leaves the home of %s alone", (text) => {
    expect(variables(text)).not.toHaveProperty("HOME");
  });

  it("adds packages from where the build gets them, unless [env] says something else", () => {
    const pkg = '[pkg]\nserver = "https://pkg.example.com"\nuse-cli-git = true';
    expect(variables(pkg)).toMatchObject({
      JULIA_PKG_SERVER: "https://pkg.example.com",
      JULIA_PKG_USE_CLI_GIT: "true",
    });
    const env = '[env]\nHOME = "/root"\nLANG = "C.UTF-8"';
    expect(variables(env)).toMatchObject({ HOME: "/root", LANG: "C.UTF-8" });
    expect(parse(inDevelopment(env).development?.settings ?? "")).toMatchObject({ home: "" });
  });

  it("is never on a small base", () => {
    const plan = inDevelopment('[image]\nbase = "debian:trixie-slim"', { smallBase });
    expect(plan.small).toBeUndefined();
    expect(plan.lowest).toBe(plan.base.config);
  });

  it("says nothing of its lower layers, since no other target has the same", () => {
    expect(Object.keys(inDevelopment().image.config?.Labels ?? {})).toEqual(["julia-frontend.depot"]);
    expect(Object.keys(planned().image.config?.Labels ?? {})).toContain("julia-frontend.stack");
  });
});

it("gets the registries where the dependency step would, and again if that is asked for", () => {
  const text = '[pkg]\nauth = "token"\n[[registries]]\nurl = "https://git.example.com/team.git"';
  const { development } = inDevelopment(text);
  expect(development?.access.secrets).toEqual([{ id: "token", target: "/run/frontend/auth.toml" }]);
  expect(parse(development?.settings ?? "")).toMatchObject({
    "user-depot": "/opt/julia/depot-user",
    registries: [{ url: "https://git.example.com/team.git" }],
    home: "/home/julia",
  });
  expect(development?.env).not.toHaveProperty("JULIA_FRONTEND_RUN");
  const again = inDevelopment("", { runAgain: new Set(["dev"]) });
  expect(again.development?.env).toMatchObject({ JULIA_FRONTEND_RUN: "session" });
  expect(again.dependencies.env).not.toHaveProperty("JULIA_FRONTEND_RUN");
  expect(planned().development).toBeUndefined();
});
