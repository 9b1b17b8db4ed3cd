import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { planned, smallBase } from "./planned.ts";

const settings = (text: string, top = "") => {
  const { small } = planned({ text: `${top}\n[image]\nbase = "debian:trixie-slim"\n${text}`, smallBase });
  return parse(small?.reduction.settings ?? "");
};

it("says what is loaded, what is kept besides, and what the small base is called", () => {
  expect(settings('keep-stdlibs = ["Test", "REPL"]', 'main = "main.jl"')).toEqual({
    depot: "/opt/julia/depot",
    output: "/run/frontend/output",
    strict: true,
    load: ["Example=7876af07-990d-54b4-ab0e-23690620f79a"],
    direct: ["Example=7876af07-990d-54b4-ab0e-23690620f79a"],
    manifest: "/app/Manifest.toml",
    "keep-stdlibs": ["Test", "REPL"],
    "compile-at-run-time": false,
    "small-base": "/run/frontend/base",
    "small-base-name": "docker.io/library/debian:trixie-slim",
  });
});

it.each([
  ["", "", ["REPL"]],
  ["", 'main = "main.jl"', []],
  ["", 'module = "App"', []],
  ['cmd = ["julia", "main.jl"]', "", []],
  ['keep-stdlibs = ["REPL", "Pkg"]', "", ["REPL", "Pkg"]],
])("keeps the prompt where the image starts it: %j %j", (text, top, kept) => {
  expect(settings(text, top)["keep-stdlibs"]).toEqual(kept);
});

it("has the configuration of the small base, with the variables of the image that is built on", () => {
  const { image, lowest, application } = planned({
    text: '[image]\nbase = "debian:trixie-slim"',
    base: {
      digest: "",
      config: {
        os: "linux",
        architecture: "amd64",
        config: {
          Env: ["PATH=/usr/local/julia/bin:/usr/bin", "JULIA_PATH=/usr/local/julia"],
          Labels: { of: "build" },
        },
      },
    },
    smallBase,
  });
  const env = [
    "SSL_CERT_FILE=/certs.pem",
    "JULIA_PATH=/usr/local/julia",
    "PATH=/usr/local/julia/bin:/usr/bin:/small",
  ];
  expect(image.config?.Env).toEqual(expect.arrayContaining(env));
  expect(image.config?.Labels).toMatchObject({ of: "small" });
  expect(application.env).toMatchObject({ SSL_CERT_FILE: "/certs.pem", JULIA_PATH: "/usr/local/julia" });
  expect(lowest).toBe(smallBase.config);
});

it("takes over no layers of a seed, of which it cannot know what is below the depot", () => {
  const text = '[image]\nbase = "debian:trixie-slim"';
  expect(Object.keys(planned({ text, smallBase }).image.config?.Labels ?? {})).not.toContain(
    "julia-frontend.stack",
  );
  expect(Object.keys(planned().image.config?.Labels ?? {})).toContain("julia-frontend.stack");
});
