// `npm run bench:start`: milliseconds from the start of the frontend's process to its first Solve, and its peak memory, with
// what the frontend image has: the bundle and a code cache for the node that runs it. NODE_BINARY names another node.
import { entryArguments, nodeVersion } from "./entry-point.ts";
import { runFrontend } from "./frontend-run.ts";
import { generatedProject } from "./generated-project.ts";
import { median, report } from "./measure.ts";

const runs = 10;
const { files } = generatedProject(12);
const context = { ...files, "julia.toml": 'julia = "1.12"\n' };

await runFrontend(entryArguments, context); // The first run reads node and the bundle from the disk.
const results = [];
for (let run = 0; run < runs; run++) {
  results.push(await runFrontend(entryArguments, context));
}
const firstSolves = results.map(({ calls }) => calls.find(({ name }) => name === "solve")?.at ?? Number.NaN);
const returns = results.map(({ calls }) => calls.at(-1)?.at ?? Number.NaN);
console.log(`Median of ${runs} runs, node ${nodeVersion}, a project with 12 packages:`);
report("start of the process to the first Solve", median(firstSolves), "ms", 100);
console.log(`start of the process to Return: ${median(returns).toFixed(1)} ms`);
report(
  "peak memory, largest of the runs",
  Math.max(...results.map(({ peakMemory }) => peakMemory)),
  "MB",
  120,
);
