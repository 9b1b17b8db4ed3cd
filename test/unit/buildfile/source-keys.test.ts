import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { summaries } from "./harness.ts";
import { expectSchemaToAgree } from "./schema-agreement.ts";

function read(text: string) {
  return readSpec({ name: "julia.toml", text: `julia = "1.11"\n${text}` });
}

describe("the keys for where packages come from", () => {
  const wrong: readonly [text: string, expected: readonly string[]][] = [
    ["[secrets]\ntoken = 'x'", ["3:9 error wrong-type: `secrets.token` must be a table"]],
    ["secrets = 1", ["2:11 error wrong-type: `secrets` must be a table of tables"]],
    ["[secrets.token]", ["2:2 error invalid-value: `secrets.token` needs `target` or `env`"]],
    [
      "[secrets.token]\ntarget = 'root/x'",
      ["3:10 error invalid-value: `root/x` cannot be the value of `secrets.token.target`"],
    ],
    [
      "[secrets.token]\nenv = 'A'\nrequired = 'no'",
      ["4:12 error wrong-type: `secrets.token.required` must be `true` or `false`, not a string"],
    ],
    [
      "[secrets.token]\nenv = 'A'\npath = '/x'",
      ["4:1 error unknown-key: unknown key `path` in [secrets.token]"],
    ],
    [
      "[secrets.'a,b']\nenv = 'A'",
      ["2:10 error invalid-name: `a,b` is not a name of letters, digits, `.`, `_` and `-`"],
    ],
    [
      "[secrets.token]\nenv = 'JULIA_DEPOT_PATH'",
      ["3:1 error reserved-env: `JULIA_DEPOT_PATH` is set by the build itself"],
    ],
    [
      "[secrets.token]\ntarget = '/opt/julia/depot/servers/x/auth.toml'",
      [
        "3:1 error overlapping-paths: `secrets.token.target` (/opt/julia/depot/servers/x/auth.toml) overlaps with /opt/julia/depot",
      ],
    ],
    [
      "[secrets.a]\ntarget = '/root/x'\n[secrets.b]\ntarget = '/root/x'",
      ["5:1 error overlapping-paths: `secrets.b.target` (/root/x) overlaps with the secret `a`"],
    ],
    ["[registries]\nname = 'Team'", ["2:2 error wrong-type: `registries` must be a list of tables"]],
    ["[[registries]]", ["2:3 error invalid-value: `registries[0]` needs `url`, `uuid` or `name`"]],
    [
      "[[registries]]\nname = 'A'\n[[registries]]\nulr = 'https://x'",
      [
        "4:3 error invalid-value: `registries[1]` needs `url`, `uuid` or `name`",
        "5:1 error unknown-key: unknown key `ulr` in [registries[1]]",
      ],
    ],
    ["ssh = true", ["2:7 error wrong-type: `ssh` must be a table"]],
    [
      "[ssh]\nknown-hosts = ['git.example.com']",
      ["3:16 error invalid-value: `git.example.com` cannot be the value of `ssh.known-hosts[0]`"],
    ],
  ];
  it.each(wrong)("finds what is wrong with %j", (text, expected) => {
    const { spec, diagnostics } = read(text);
    expect(summaries(diagnostics)).toEqual(expected);
    expect(spec).toBeUndefined();
    expectSchemaToAgree(`julia = "1.11"\n${text}`, diagnostics);
  });

  it("suggests the right name of a member", () => {
    const { diagnostics } = read("[secrets.token]\ntraget = '/root/x'");
    expect(diagnostics.map(({ suggestion }) => suggestion)).toContain("did you mean `target`?");
  });

  it("substitutes arguments in members", () => {
    const { spec } = read("[args]\nHOST = 'git.example.com'\n[[registries]]\nurl = 'https://${HOST}/r.git'");
    expect(spec?.registries).toEqual([{ url: "https://git.example.com/r.git" }]);
  });

  it("takes [ssh] alone for the default agent", () => {
    expect(read("[ssh]").spec?.ssh).toEqual({ ids: ["default"], knownHosts: [] });
  });

  it("refuses keys that the Julia of the image does not know", () => {
    const text = 'julia = "1.5"\n[pkg]\nuse-cli-git = true\nregistry-preference = "eager"\noffline = true';
    expect(summaries(readSpec({ name: "julia.toml", text }).diagnostics)).toEqual([
      "3:1 error key-needs-newer-julia: `pkg.use-cli-git` has no effect in Julia `1.5`",
      "4:1 error key-needs-newer-julia: `pkg.registry-preference` has no effect in Julia `1.5`",
    ]);
  });
});
