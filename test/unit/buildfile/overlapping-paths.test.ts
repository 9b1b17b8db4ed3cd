import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";

function found(text: string): readonly string[] {
  const { diagnostics } = readSpec({ name: "julia.toml", text: `julia = "1.11"\n${text}\n` });
  return diagnostics.map(({ rule, message }) => (rule === "overlapping-paths" ? message : rule));
}

describe("a path of the spec", () => {
  it.each([
    ["/opt/julia/depot-user", "/opt/julia/depot-user"],
    ["/opt/julia/depot-test/app", "/opt/julia/depot-test"],
    ["/run/frontend/app", "/run/frontend"],
    ["/tmp/app", "/tmp"],
    ["/usr/bin/app", "/usr/bin"],
    ["/usr/share", "/usr/share"],
    ["/usr/local/julia/app", "/usr/local/julia"],
  ])("cannot be the project's if it is %s", (path, taken) => {
    expect(found(`path = '${path}'`)).toEqual([`\`path\` (${path}) overlaps with ${taken}`]);
  });

  it.each(["/srv/app", "/usr/src/app", "/etc/app", "/home/app", "/var/lib/app", "/opt/julia/app"])(
    "can be the project's if it is %s",
    (path) => expect(found(`path = '${path}'`)).toEqual([]),
  );

  it.each([
    ["/opt/julia", "/opt/julia/environments"],
    ["/tmp/depot", "/tmp"],
    ["/usr/lib/julia", "/usr/lib"],
  ])("cannot be the depot's if it is %s", (path, taken) => {
    expect(found(`[depot]\npath = '${path}'`)).toEqual([`\`depot.path\` (${path}) overlaps with ${taken}`]);
  });

  it.each([
    ["/usr/bin/julia", "/usr/bin"],
    ["/var/lib", "/var/lib"],
    ["/run/frontend/auth.toml", "/run/frontend"],
    ["/opt/julia/depot-user/servers", "/opt/julia/depot-user"],
    ["/opt/julia/environments/x", "/opt/julia/environments"],
  ])("cannot be a secret's if it is %s", (target, taken) => {
    expect(found(`[secrets.token]\ntarget = '${target}'`)).toEqual([
      `\`secrets.token.target\` (${target}) overlaps with ${taken}`,
    ]);
  });

  it("can be a secret's in /etc, unless the hosts' keys are there", () => {
    expect(found("[secrets.token]\ntarget = '/etc/ssl/private/team.pem'")).toEqual([]);
    const target = "[secrets.token]\ntarget = '/etc/ssh/ssh_known_hosts'";
    expect(found(target)).toEqual([]);
    expect(
      found(`[ssh]\nknown-hosts = ['git.example.com ssh-ed25519 ${"A".repeat(68)}']\n${target}`),
    ).toEqual(["`secrets.token.target` (/etc/ssh/ssh_known_hosts) overlaps with /etc/ssh/ssh_known_hosts"]);
  });

  it("cannot be a volume's if the system's programs or settings are there", () => {
    expect(found("[image]\nvolumes = ['/etc', '/usr/bin/data', '/var', '/tmp', '/data']")).toEqual([
      "the volume /etc would keep /etc of an older image",
      "the volume /usr/bin/data would keep /usr/bin of an older image",
      "the volume /var would keep /var of an older image",
    ]);
  });
});
