// `npm run bench:plan`: milliseconds from the last file that the frontend reads of a project with 500 packages to the
// Solve of the finished graph: reading, checking, planning and encoding in a process that has just started.
import { entryArguments, nodeVersion } from "./entry-point.ts";
import { planning, runFrontend } from "./frontend-run.ts";
import { generatedProject } from "./generated-project.ts";
import { median, report } from "./measure.ts";

const runs = 10;
const packages = 500;
const { files } = generatedProject(packages);
const context = { ...files, "julia.toml": 'julia = "1.12"\n' };

const results = [];
for (let run = 0; run < runs; run++) {
  results.push(await runFrontend(entryArguments, context));
}
console.log(`Median of ${runs} runs, node ${nodeVersion}, a manifest with ${packages} packages:`);
report(
  "last file read to the Solve of the result",
  median(results.map(({ calls }) => planning(calls))),
  "ms",
  300,
);
