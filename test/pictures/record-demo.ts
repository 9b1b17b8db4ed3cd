// The first half of `npm run pictures`: does what `npm run demo` does in a terminal and writes down what stands in it then, as
// docs/pictures/demo.txt. The second half, test/unit/docs/pictures.test.ts, draws the picture from that file.
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { dirname, resolve } from "node:path";
import { run } from "../engine/command.ts";
import { addDependency, added, onStage, type Stage } from "../engine/demo-stage.ts";
import { engineAvailable } from "../engine/engine.ts";
import { buildFrontendImage } from "../engine/frontend-image.ts";
import { newestOf, withEngine } from "../engine/surroundings.ts";
import { screenOf } from "./screen.ts";
import { columns, lineToText, promptLine, remarkLine, transcriptText } from "./transcript.ts";

const file = resolve(import.meta.dirname, "../../docs/pictures/demo.txt");

const available = await engineAvailable();
if (available.kind === "none") throw new Error(`There is nothing to record. ${available.reason}`);
const store = available.stores.at(-1) ?? "overlay2";
await withEngine({ store }, async (engine, registry, julias) => {
  const frontend = await buildFrontendImage(engine, registry, "demo");
  await onStage({ engine, julia: newestOf(julias) }, frontend, async (stage) => {
    const lines = (await perform(stage)).map((line) => withoutOwnNames(line, stage));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, transcriptText(await surroundingsOf(stage), lines));
  });
});

async function perform(stage: Stage): Promise<readonly string[]> {
  const start = `docker run --rm --network=none --read-only ${stage.tag} julia main.jl Ada`;
  const build = `-f julia.toml -t ${stage.tag} .`;
  const first = [
    ...[promptLine("cat julia.toml"), ...stage.spec.trimEnd().split("\n"), ""],
    ...(await shown(stage, `docker buildx build ${build}`)),
    ...(await shown(stage, start)),
  ];
  await addDependency(stage);
  return [
    ...first,
    remarkLine(`Pkg.add("${added}"), and main.jl uses it`),
    ...(await shown(stage, `docker buildx build --progress=plain ${build}`)),
    ...(await shown(stage, start)),
  ];
}

/** A command and what it leaves in a terminal, and an empty line. */
async function shown(stage: Stage, command: string): Promise<readonly string[]> {
  const screen = await screenOf(await outputInTerminal(stage, command), columns);
  return [promptLine(command), ...screen.map(lineToText), ""];
}

/**
 * What `docker` sends to a terminal. A build is on the network of the machine, which has the Pkg server of the demo, and puts
 * the image into the engine; those two options are not shown.
 */
async function outputInTerminal({ engine, folder }: Stage, command: string): Promise<string> {
  const options = command.replace(/^docker/, "").replace(/ build /, " build --network=host --load ");
  const line = `stty cols ${columns} rows 60; exec "$DOCKER_CLIENT"${options}`;
  const environment = { ...engine.environment, TERM: "xterm-256color", DOCKER_CLIENT: engine.client };
  const terminal = ["--quiet", "--return", "--command", line, "/dev/null"];
  const { code, stdout, stderr } = await run("script", terminal, { cwd: folder, environment });
  if (code !== 0) throw new Error(`${command} ended with code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** The names of this run, replaced by those that the documentation uses. */
function withoutOwnNames(line: string, { frontend, tag }: Stage): string {
  return line
    .replaceAll(frontend, "registry.example.com/julia:1")
    .replaceAll(tag, "hello")
    .replaceAll(frontend.split("/")[0] ?? frontend, "registry.example.com");
}

/** What the times in a recording depend on. */
async function surroundingsOf({ engine, julia }: Stage): Promise<string> {
  const ask = async (args: readonly string[]) => (await engine.docker(args)).stdout.trim();
  const server = await ask(["version", "--format", "{{.Server.Version}}"]);
  const [, buildx = ""] = / (v?\d\S*)/.exec(await ask(["buildx", "version"])) ?? [];
  const load = `${cpus().length} processors with a load of ${loadavg()[1]?.toFixed(1)}`;
  return `Julia ${julia.version}, Docker ${server}, buildx ${buildx}, on ${load}`;
}
