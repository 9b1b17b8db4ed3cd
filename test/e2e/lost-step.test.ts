import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { Scenario } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const program = async (name: string): Promise<string> =>
  readFile(new URL(`../../src/julia/lib/${name}.jl`, import.meta.url), "utf8");

/** BuildKit does not let two steps have one cache as long as it knows of both. This is the program that does when it does not. */
describeOnEveryJulia("two steps in one cache", (engine, _can, julia) => {
  it("wait for each other", async () => {
    const code = `${await program("say")}\n${await program("hold")}
hold_cache("/depot"); say("begin"); sleep(8); say("end")`;
    const scenario = await Scenario.create(engine, { "depot/file": "" });
    const mount = `--volume=${scenario.folder}/depot:/depot`;
    const run = () => scenario.run(["-e", code], [mount, "--entrypoint=julia"], julia.image);
    const results = await Promise.all([run(), run()]);
    expect(results.map(({ code: ending }) => ending)).toEqual([0, 0]);
    expect(results.map(({ stdout }) => stdout).sort()).toEqual([
      expect.stringMatching(/^Waiting for a step .*\nbegin\nend\n$/),
      "begin\nend\n",
    ]);
    await scenario.remove();
  });
});
