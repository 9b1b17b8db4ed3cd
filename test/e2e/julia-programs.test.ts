import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { writeFiles } from "../../bench/write-files.ts";
import { withoutDocumentation } from "../../src/julia/without-documentation.ts";
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

  it("are the same without their documentation", async () => {
    const programs = `${repository}/src/julia`;
    const paths = (await readdir(programs, { recursive: true })).filter((path) => path.endsWith(".jl"));
    const left = await mkdtemp(join(tmpdir(), "programs-"));
    try {
      const texts = paths.map(async (path) => {
        const program = await readFile(join(programs, path), "utf8");
        return [path, withoutDocumentation(program)] as const;
      });
      await writeFiles(left, Object.fromEntries(await Promise.all(texts)));
      const folders = [`${programs}:/programs:ro`, `${left}:/left:ro`, `${repository}/test/julia:/tests:ro`];
      const { stdout } = await engine.docker([
        ...["run", "--rm", "--network=none", ...folders.flatMap((folder) => ["--volume", folder])],
        ...["--entrypoint=julia", julia.image, "--startup-file=no", "/tests/same_programs.jl"],
        ...["/programs", "/left"],
      ]);
      expect(stdout.trim()).toBe(`${paths.length} programs are the same`);
    } finally {
      await rm(left, { recursive: true });
    }
  });
});
