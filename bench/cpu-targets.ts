// `npm run bench:cpu-targets`: what code for several kinds of processor costs to build and to ship, and what it is worth when it
// runs. JULIA_IMAGES names the version of Julia; the newest at hand otherwise. For amd64.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { uuidFor } from "../test/engine/packages/generated.ts";
import { definePackage } from "../test/engine/packages/package-fixture.ts";
import { removeCaches, timedBuild } from "../test/engine/timed-build.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { generatedProject, packageCount, packages } from "./generated-project.ts";
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const targets = [
  "generic",
  "generic;haswell,-rdrnd",
  "generic;haswell,-rdrnd,clone_all",
  "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1)",
] as const;

/** Two kinds of work, whose native code is in the package's compiled file: a loop over numbers, and pieces of text. */
const yardstick = definePackage({
  name: "Yardstick",
  uuid: uuidFor("Yardstick"),
  version: "1.0.0",
  body: `
function numbers((x, y)::NTuple{2,Vector{Float64}})
    sum = 0.0
    @inbounds @simd for i in eachindex(x, y)
        sum += x[i] * y[i] + x[i]
    end
    return sum
end

function words(text::String)
    counts = Dict{String,Int}()
    for line in split(text, '\\n'), word in split(line, ' ')
        key = lowercase(String(word))
        counts[key] = get(counts, key, 0) + 1
    end
    return sum(values(counts)) + length(replace(text, "abc" => "d"))
end

"What the runs gave, so that none of them is left out by the compiler."
const RESULTS = Ref(0.0)

"The least of many runs, in microseconds."
@noinline function least(work::F, input) where {F}
    return minimum(1:200) do _
        start = time_ns()
        RESULTS[] += work(input)
        (time_ns() - start) / 1000
    end
end

function measure()
    vectors = (fill(1.5, 10_000), fill(0.5, 10_000))
    text = join((string("Line ", i, " has abc and word", i % 97) for i in 1:2000), '\\n')
    return least(numbers, vectors), least(words, text)
end

precompile(measure, ())
measure()`,
});

const chosen = [...packages.slice(0, packageCount), yardstick];

await onEngine(chosen, async (engine, surroundings) => {
  console.log(
    `\nJulia ${surroundings.julia.version}, ${chosen.length} packages, cold. ${await describeMachine(engine)}\n`,
  );
  console.log("| target | dependency step | compiled files | numbers | text |");
  console.log("| --- | ---: | ---: | ---: | ---: |");
  for (const target of targets) console.log(await measured(engine, surroundings, target));
});

/** One row of the table. */
async function measured(
  engine: Engine,
  surroundings: Omit<Surroundings, "id">,
  target: string,
): Promise<string> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await writeFiles(folder, generatedProject(chosen.length, chosen).files);
    await writeFile(
      join(folder, specFile),
      `${frontendSpec({ ...surroundings, id })}[precompile]\ncpu-target = "${target}"\n`,
    );
    const { steps } = await timedBuild(engine, { folder, file: specFile, tag: id });
    const step = steps.find(({ name }) => name.startsWith("[depot] install"));
    const [numbers = 0, words = 0] = await timesInImage(engine, id);
    const bytes = await compiledBytes(engine, id);
    const cells = [
      `\`${target}\``,
      `${(step?.seconds ?? 0).toFixed(1)} s`,
      `${(bytes / 1e6).toFixed(1)} MB`,
      `${numbers.toFixed(2)} µs`,
      `${words.toFixed(0)} µs`,
    ];
    return `| ${cells.join(" | ")} |`;
  } finally {
    await engine.docker(["image", "rm", "--force", id], { check: false });
    await removeCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Microseconds for the numbers and for the text. */
async function timesInImage(engine: Engine, image: string): Promise<readonly number[]> {
  const code = "import Yardstick; foreach(println, Yardstick.measure())";
  const run = ["run", "--rm", "--network=none", "--entrypoint=julia", image, "-e", code];
  return (await engine.docker(run)).stdout.trim().split("\n").map(Number);
}

async function compiledBytes(engine: Engine, image: string): Promise<number> {
  const du = ["--entrypoint=du", image, "-sb", "/opt/julia/depot/compiled"];
  const { stdout } = await engine.docker(["run", "--rm", "--network=none", ...du]);
  return Number(stdout.split("\t")[0]);
}
