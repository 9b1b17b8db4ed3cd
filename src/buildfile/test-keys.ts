import { environmentName, text } from "./formats.ts";
import type { Key } from "./key.ts";

/** The keys that say how the target `test` runs the project's tests. */
export const testKeys: readonly Key[] = [
  {
    path: "test.args",
    type: { kind: "list", item: text },
    default: [],
    doc: "Arguments of `test/runtests.jl`.",
    example: '[test]\nargs = ["--quick"]',
    dockerfile: `RUN julia -e 'using Pkg; Pkg.test(test_args = ["--quick"])'`,
    since: 1,
  },
  {
    path: "test.env",
    type: { kind: "map", name: environmentName, value: text, substitute: true },
    doc: "Environment variables of the tests, besides those of `[env]`.",
    example: '[test]\nenv = { LOG_LEVEL = "debug" }',
    dockerfile: "RUN LOG_LEVEL=debug julia …",
    since: 1,
  },
  {
    path: "test.threads",
    type: { kind: "integer", minimum: 1, maximum: 1024 },
    default: 1,
    doc: "Threads of the Julia that runs the tests.",
    example: "[test]\nthreads = 4",
    dockerfile: "RUN julia --threads=4 …",
    since: 1,
  },
];
