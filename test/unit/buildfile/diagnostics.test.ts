import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { expectSpansInside, marked, summaries } from "./harness.ts";
import { expectSchemaToAgree } from "./schema-agreement.ts";

function read(text: string) {
  return readSpec({ name: "julia.toml", text });
}

describe("diagnostics", () => {
  const withJulia = (rest: string) => `julia = "1.11"\n${rest}`;
  const cases: readonly [text: string, expected: readonly string[], suggestion?: string][] = [
    // The shape of the file
    ["", ["1:1 error missing-julia: the spec does not say which Julia to use"]],
    ["julia = ", ["1:9 error toml-syntax: not valid TOML: unspecified values are invalid"]],
    ['julia = "1.11', ["1:14 error toml-syntax: not valid TOML: unterminated string constant"]],
    [
      'julia = "1.11"\njulia = "1.10"',
      ["2:1 error toml-syntax: not valid TOML: defining a key multiple times is invalid"],
    ],
    [
      withJulia(`a = ${"[".repeat(100)}${"]".repeat(100)}`),
      ["2:69 error toml-nesting: values are nested more than 64 deep"],
    ],
    [withJulia(`${"a.".repeat(100)}b = 1`), ["2:1 error toml-nesting: values are nested more than 64 deep"]],
    ["# x".repeat(100_000), ["- error spec-too-large: the spec is larger than 128 KiB"]],

    // Unknown keys
    [withJulia("projct = '.'"), ["2:1 error unknown-key: unknown key `projct`"], "did you mean `project`?"],
    [
      withJulia("[precompile]\ncpu-targte = 'x'"),
      ["3:1 error unknown-key: unknown key `cpu-targte` in [precompile]"],
      "did you mean `cpu-target`?",
    ],
    [
      withJulia("cpu-target = 'generic'"),
      ["2:1 error unknown-key: unknown key `cpu-target`"],
      "it belongs to [precompile]",
    ],
    [
      withJulia("[pkg]\nproject = '.'"),
      ["3:1 error unknown-key: unknown key `project` in [pkg]"],
      "it belongs to the top, above all sections",
    ],
    [withJulia("frobnicate = 1"), ["2:1 error unknown-key: unknown key `frobnicate`"]],
    [
      withJulia("__proto__ = 1\nconstructor = 1"),
      ["2:1 error unknown-key: unknown key `__proto__`", "3:1 error unknown-key: unknown key `constructor`"],
    ],
    [
      withJulia('[depot]\nsharing = "shared"'),
      ["3:1 error unknown-key: unknown key `sharing` in [depot]"],
      "builds that share a cache always wait for each other; apart they use a `cache-id` each",
    ],

    // Wrong types
    [
      "julia = 1.10",
      ["1:9 error wrong-type: `julia` must be a string, not a decimal number"],
      'write it in quotes: `"1.10"`',
    ],
    [
      "julia = ['1.10']",
      ["1:9 error wrong-type: `julia` must be a string, not a list"],
      'as in `julia = "1.12"`',
    ],
    [withJulia("depot = '/x'"), ["2:9 error wrong-type: `depot` must be a table"]],
    [withJulia("[[depot]]"), ["2:3 error wrong-type: `depot` must be a table"]],
    [withJulia("env = 'A=1'"), ["2:7 error wrong-type: `env` must be a table"]],
    [
      withJulia("[env]\nPORT = 8080"),
      ["3:8 error wrong-type: `env.PORT` must be a string, not a number"],
      'write it in quotes: `"8080"`',
    ],
    [
      withJulia("[packages]\napt = 'git'"),
      ["3:7 error wrong-type: `packages.apt` must be a list of strings, not a string"],
      "write it as a list: `['git']`",
    ],
    [
      withJulia("[packages]\napt = ['git', 3]"),
      ["3:15 error wrong-type: `packages.apt[1]` must be a string, not a number"],
    ],
    [
      withJulia("[precompile]\nstrict = 'true'"),
      ["3:10 error wrong-type: `precompile.strict` must be `true` or `false`, not a string"],
      "write it without quotes: `true`",
    ],
    [
      withJulia("[depot]\nkeep-registries = 1"),
      ["3:19 error wrong-type: `depot.keep-registries` must be `true` or `false`, not a number"],
    ],
    [
      withJulia("[precompile]\ntasks = 1.5"),
      ["3:9 error wrong-type: `precompile.tasks` must be a whole number, not a decimal number"],
      "as in `tasks = 2`",
    ],
    [
      withJulia("[precompile]\ntasks = 2000-01-01"),
      ["3:9 error wrong-type: `precompile.tasks` must be a whole number, not a date or time"],
    ],
    [
      withJulia("[labels]\norg.title = 'x'"),
      ["3:1 error wrong-type: `labels.org` must be a string, not a table"],
      "if the name has dots in it, write the name in quotes",
    ],

    // Names
    [
      withJulia("[env]\nA-B = 'x'"),
      ["3:1 error invalid-name: `A-B` is not the name of an environment variable: letters, digits and `_`"],
    ],
    [
      withJulia("[labels]\n'a b' = 'x'"),
      ["3:1 error invalid-name: `a b` is not the name of a label: printable ASCII without spaces"],
    ],

    // Rules across keys
    ["julia = '1.4'", ["1:1 error julia-too-old: Julia `1.4` is too old"]],
    ["julia = '1.6'", ["1:1 error julia-too-old: Julia `1.6` is too old"]],
    ["julia = '1.9.4'", ["1:1 error julia-too-old: Julia `1.9.4` is too old"]],
    ["julia = '1.5.3'", []],
    ["julia = '1.10'", []],
    [
      withJulia("path = '/opt/julia'"),
      ["2:1 error overlapping-paths: `path` (/opt/julia) and `depot.path` (/opt/julia/depot) overlap"],
    ],
    [
      withJulia("[depot]\npath = '/app/depot'"),
      ["3:1 error overlapping-paths: `path` (/app) and `depot.path` (/app/depot) overlap"],
    ],
    [withJulia("[depot]\npath = '/application'"), []],
    [
      withJulia("[env]\nJULIA_DEPOT_PATH = '/x'"),
      ["3:1 error reserved-env: `JULIA_DEPOT_PATH` is set by the build itself"],
      "set `[depot] path` instead",
    ],
    [withJulia("[args]\nX = '1'"), ["3:1 warning unused-arg: the argument `X` is used nowhere"]],
    [withJulia("user = 'root'"), ["2:1 warning user-is-root: the image runs as root"]],
    [withJulia("user = '0:0'"), ["2:1 warning user-is-root: the image runs as root"]],
    [
      withJulia("[precompile]\ncpu-target = 'generic;native'"),
      [
        "3:1 warning native-cpu-target: `native` compiles for the machine that builds; on others the image compiles again at start",
      ],
    ],
    [
      "base = 'julia'",
      [
        "1:1 warning floating-base: `docker.io/library/julia:latest` is another image with every release of Julia",
      ],
    ],
    ["base = 'julia:1.11'", []],
    [
      withJulia("[packages]\napt = ['git=1:2']\nbuild-apt = ['gcc', 'git']"),
      ["4:1 warning duplicate-package: `git` is listed in both `apt` and `build-apt`"],
    ],
    [
      withJulia("[env]\nDB_PASSWORD = 'x'"),
      [
        "3:1 warning literal-secret: `DB_PASSWORD` looks like a secret, and everyone who has the image can read [env]",
      ],
    ],
    [withJulia("[env]\nTOKENIZER = 'x'\nAPI_TOKEN = ''"), []],

    // All at once, in the order of the file
    [
      "user = 'root'\njulia = 1.10\nbas = ''\n[precompile]\ntasks = 0",
      [
        "1:1 warning user-is-root: the image runs as root",
        "2:9 error wrong-type: `julia` must be a string, not a decimal number",
        "3:1 error unknown-key: unknown key `bas`",
        "5:9 error invalid-value: 0 cannot be the value of `precompile.tasks`",
      ],
    ],
  ];

  it.each<(typeof cases)[number]>(cases)("of %j", (text, expected, suggestion) => {
    const { spec, diagnostics } = read(text);
    expect(summaries(diagnostics)).toEqual(expected);
    expect(spec === undefined).toBe(expected.some((line) => line.includes(" error ")));
    if (suggestion !== undefined) {
      expect(diagnostics[0]?.suggestion).toBe(suggestion);
    }
    expectSpansInside(diagnostics);
    expectSchemaToAgree(text, diagnostics);
  });

  it("mark the value or the key concerned", () => {
    const text = '"julia" = 1.10\nbas = "x"\n[precompile]\ncpu-target = "native"';
    expect(read(text).diagnostics.map(marked)).toEqual(["1.10", "bas", 'cpu-target = "native"']);
  });

  it("are cut off where nobody would read on", () => {
    const text = Array.from({ length: 500 }, (_, index) => `k${index} = 1`).join("\n");
    const { diagnostics } = read(text);
    expect(diagnostics.length).toBe(101);
    expect(diagnostics.at(-1)?.message).toBe("401 more problems are not shown");
  });
});
