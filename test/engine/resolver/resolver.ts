import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "smol-toml";
import type { Engine } from "../engine-client.ts";
import type { JuliaImage } from "../julia/julia-image.ts";
import { choosePort } from "../ports.ts";
import { processExists, withLock } from "../state.ts";

const LABEL = "julia-frontend-tests.resolver";
const PREFERRED_PORT = 8731;

/** What resolver.jl reads; its beginning describes it. */
export interface ResolverRequest {
  readonly server: string;
  readonly folder: string;
  readonly develop: readonly string[];
  readonly track: readonly { readonly url: string; readonly rev: string }[];
  readonly files: readonly NamedText[];
}

export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** The program that runs in the container. */
export const resolverProgram: string = await readFile(new URL("resolver.jl", import.meta.url), "utf8");

/** Has the Pkg of an image answer a request. The container is started by the first one and serves all that come after. */
export async function askResolver(
  engine: Engine,
  julia: JuliaImage,
  run: string,
  request: ResolverRequest,
): Promise<readonly NamedText[]> {
  const container = `julia-frontend-resolver-${run}-${julia.id.replace(/^sha256:/, "").slice(0, 12)}`;
  const port = await withLock(container, () => ensureContainer(engine, julia, run, container));
  const answer = parse(await exchange(port, stringify(request))) as {
    readonly files?: readonly NamedText[];
    readonly error?: string;
  };
  if (answer.files === undefined) {
    throw new Error(`the Pkg of ${julia.image} made no manifest:\n${answer.error}\n${stringify(request)}`);
  }
  return answer.files;
}

/** Removes the containers of one run, and those of runs that were killed. */
export async function stopResolvers(engine: Engine, run: string): Promise<void> {
  const format = `{{.ID}} {{.Label "${LABEL}"}}`;
  const { stdout } = await engine.docker(["ps", "--all", "--filter", `label=${LABEL}`, "--format", format]);
  const containers = stdout.split("\n").map((line) => line.split(" "));
  const ids = containers
    .filter(([, owner = ""]) => owner !== "" && (owner === run || !processExists(Number(owner))))
    .map(([id = ""]) => id);
  if (ids.length > 0) await engine.docker(["rm", "--force", ...ids]);
}

/** Returns the port on which the container listens. */
async function ensureContainer(
  engine: Engine,
  { image }: JuliaImage,
  run: string,
  container: string,
): Promise<number> {
  const format = `{{if .State.Running}}{{index .Config.Labels "${LABEL}.port"}}{{end}}`;
  const running = await engine.docker(["container", "inspect", "--format", format, container], {
    check: false,
  });
  if (running.code === 0 && running.stdout.trim() !== "") return Number(running.stdout);
  await engine.docker(["rm", "--force", container], { check: false });
  const port = await choosePort(PREFERRED_PORT);
  await engine.docker([
    ...["run", "--detach", "--network=host", "--name", container],
    ...["--label", `${LABEL}=${run}`, "--label", `${LABEL}.port=${port}`],
    ...["--entrypoint=julia", image, "--startup-file=no", "--history-file=no", "-O1"],
    ...["-e", resolverProgram, String(port)],
  ]);
  await waitForStart(engine, container);
  return port;
}

async function waitForStart(engine: Engine, container: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const { stdout, stderr } = await engine.docker(["logs", container]);
    if (stdout.includes("Listening")) return;
    const state = await engine.docker(["container", "inspect", "--format", "{{.State.Running}}", container]);
    if (state.stdout.trim() !== "true") throw new Error(`the resolver ended: ${stdout}${stderr}`);
    await sleep(200);
  }
  throw new Error("the resolver did not start within two minutes");
}

/** Sends a text after its length in bytes, and reads until the other side hangs up. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(port, "127.0.0.1");
    socket.on("error", reject);
    socket.on("data", (chunk) => received.push(chunk));
    socket.on("close", () => resolve(Buffer.concat(received).toString()));
    socket.write(`${Buffer.byteLength(text)}\n${text}`);
  });
}
