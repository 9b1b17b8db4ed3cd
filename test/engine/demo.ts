// `npm run demo`: builds examples/hello with this checkout's frontend, adds one dependency, builds it again, and says what
// was downloaded, compiled and reused.
import { addDependency, added, onStage, type Stage } from "./demo-stage.ts";
import { introduction, stepTable, summaryTable } from "./demo-text.ts";
import { type Build, workOf } from "./demo-work.ts";
import { engineAvailable } from "./engine.ts";
import type { Engine } from "./engine-client.ts";
import { buildFrontendImage } from "./frontend-image.ts";
import { STANDARD_PACKAGES } from "./packages/standard.ts";
import { newestOf, type Surroundings, startSurroundings } from "./surroundings.ts";
import { timedBuild } from "./timed-build.ts";

await main();

async function main(): Promise<void> {
  const available = await engineAvailable();
  if (available.kind === "none") {
    console.error(`The demo cannot run here. ${available.reason}`);
    process.exitCode = 1;
    return;
  }
  console.log(introduction);
  const how =
    available.kind === "user" ? "Looking at the running Docker" : "Starting a private Docker engine";
  const surroundings = await timed(`${how} (a few minutes the first time)`, () =>
    startSurroundings({ store: available.stores.at(-1) ?? "overlay2", newestAlone: true }),
  );
  try {
    await perform(surroundings);
  } finally {
    await surroundings.stop();
  }
}

async function perform(surroundings: Surroundings): Promise<void> {
  const [engine] = surroundings.engines as [Engine];
  const frontend = await timed("Building the frontend image (about a minute the first time)", () =>
    buildFrontendImage(engine, surroundings.registry, "demo"),
  );
  await onStage({ engine, julia: newestOf(surroundings.julias) }, frontend, tell);
}

async function tell(stage: Stage): Promise<void> {
  console.log(`\njulia.toml:\n\n${indent(stage.spec)}`);
  const first = await build(stage, "1. Build: docker buildx build -f julia.toml -t hello .");
  await run(stage, "2. Run: docker run hello julia main.jl Ada");
  await addDependency(stage);
  const second = await build(stage, `3. Add the dependency ${added} and build again`);
  await run(stage, "4. Run");
  const third = await build(stage, "5. Build once more with nothing changed");
  const rows = { "first build": first, "one dependency added": second, "nothing changed": third };
  console.log(`\n${summaryTable(new Map(Object.entries(rows)))}`);
}

async function build({ engine, server, folder, tag }: Stage, title: string): Promise<Build> {
  console.log(`\n${title}\n`);
  server.clear();
  const result = await timedBuild(engine, { folder, file: "julia.toml", tag });
  console.log(indent(stepTable(result.steps)));
  return { ...workOf(result.steps, server.requests(), STANDARD_PACKAGES), seconds: result.seconds };
}

async function run({ engine, tag }: Stage, title: string): Promise<void> {
  console.log(`\n${title}\n`);
  const command = ["run", "--rm", "--network=none", "--read-only", tag, "julia", "main.jl", "Ada"];
  const start = performance.now();
  const { stdout } = await engine.docker(command);
  console.log(
    `${indent(stdout.trimEnd())}\n\n  (${seconds(start)}, without network, read-only, as user 1000)`,
  );
}

/** Says what is going on before it starts, and how long it took when it is over. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  process.stdout.write(`${what}… `);
  const start = performance.now();
  const result = await work();
  console.log(seconds(start));
  return result;
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
