import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import type { Spec } from "../../../src/buildfile/spec.ts";
import { accessOf, sourceEnvironment, sourceSettings } from "../../../src/plan/access.ts";
import { buildPackages } from "../../../src/plan/apt-packages.ts";

const hostKey = `git.example.com ssh-ed25519 ${"A".repeat(68)}`;

function specOf(text: string): Spec {
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text: `julia = "1.11"\n${text}` });
  if (spec === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  }
  return spec;
}

describe("what the dependency step may see", () => {
  it("is nothing, unless the spec says so", () => {
    expect(accessOf(specOf(""))).toEqual({
      secrets: [],
      agents: [],
      knownHosts: undefined,
      tokenFolder: undefined,
      network: undefined,
    });
  });

  it("is each secret as a file or variable, required or not: the step tells what is missing", () => {
    const spec = specOf('[secrets.a]\ntarget = "/root/a"\n[secrets.b]\nenv = "B"\nrequired = false');
    expect(accessOf(spec).secrets).toEqual([
      { id: "a", target: "/root/a" },
      { id: "b", env: "B" },
    ]);
    expect(sourceSettings(spec)["required-secrets"]).toEqual([{ id: "a", target: "/root/a" }]);
  });

  it("is the token of the Pkg server, with memory where Pkg keeps it", () => {
    const { secrets, tokenFolder } = accessOf(specOf('[pkg]\nauth = "token"\n[depot]\npath = "/opt/depot"'));
    expect(secrets).toEqual([{ id: "token", target: "/run/frontend/auth.toml" }]);
    expect(tokenFolder).toBe("/opt/depot/servers");
  });

  it("is the agents, and the keys of hosts where OpenSSH and Julia look for them", () => {
    const spec = specOf(`[ssh]\nids = ["default", "team"]\nknown-hosts = ["${hostKey}"]`);
    expect(accessOf(spec)).toMatchObject({ agents: ["default", "team"], knownHosts: `${hostKey}\n` });
    expect(sourceEnvironment(spec).SSH_KNOWN_HOSTS_FILES).toBe(
      "/etc/ssh/ssh_known_hosts:/root/.ssh/known_hosts:",
    );
  });

  it("is no network if the build is to be offline", () => {
    const spec = specOf("[pkg]\noffline = true");
    expect(accessOf(spec).network).toBe("none");
    expect(sourceEnvironment(spec).JULIA_PKG_OFFLINE).toBe("true");
  });
});

describe("Pkg's variables", () => {
  it("are those of the keys", () => {
    const spec = specOf(
      '[pkg]\nserver = "https://pkg.example.com"\nregistry-preference = "eager"\nuse-cli-git = true',
    );
    expect(sourceEnvironment(spec)).toEqual({
      JULIA_PKG_SERVER: "https://pkg.example.com",
      JULIA_PKG_SERVER_REGISTRY_PREFERENCE: "eager",
      JULIA_PKG_USE_CLI_GIT: "true",
      JULIA_PKG_OFFLINE: "false",
    });
  });

  it("do not let [env] take the build's network away", () => {
    const spec = specOf('[env]\nJULIA_PKG_OFFLINE = "true"');
    expect(sourceEnvironment(spec).JULIA_PKG_OFFLINE).toBe("false");
  });
});

describe("Debian packages of the build", () => {
  const names = (text: string) => buildPackages(specOf(text), undefined).names;

  it("are those of the spec", () => {
    expect(names('[packages]\nbuild-apt = ["gcc"]\n[ssh]')).toEqual(["gcc"]);
  });

  it("have git, and ssh if it is used, where Pkg calls them", () => {
    expect(names("[pkg]\nuse-cli-git = true")).toEqual(["git"]);
    expect(names("[pkg]\nuse-cli-git = true\n[ssh]")).toEqual(["git", "openssh-client"]);
  });

  it("have nothing twice", () => {
    const text = '[packages]\napt = ["git=1:2.39.5-0+deb12u2"]\nbuild-apt = ["openssh-client"]';
    expect(names(`${text}\n[pkg]\nuse-cli-git = true\n[ssh]`)).toEqual(["openssh-client"]);
  });
});
