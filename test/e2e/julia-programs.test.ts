import { resolve } from "node:path";
import { expect, it } from "vitest";
import { describeOnEveryJulia } from "./suites.ts";

const repository = resolve(import.meta.dirname, "../..");

describeOnEveryJulia("the Julia programs of the build", (engine, _can, julia) => {
  it("pass the tests of what is pure in them", async () => {
    const folders = ["src/julia", "test/julia"].flatMap((folder) => [
      "--volume",
      `${repository}/${folder}:/repository/${folder}:ro`,
    ]);
    const { stdout, stderr } = await engine.docker([
      ...["run", "--rm", "--network=none", ...folders, "--entrypoint=julia", julia.image],
      ...["--startup-file=no", "--color=no", "/repository/test/julia/runtests.jl"],
    ]);
    expect(stdout, stderr).toMatch(/the Julia programs\s*\|\s*(\d+)\s+\1/);
  });
});
