import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../../test/engine/engine-client.ts";

/** Seconds from the start of the container's process to its first answer, and from that to its second. */
export interface Answers {
  readonly first: number;
  readonly second: number;
}

/** Milliseconds after which a container that has not answered is given up. */
const patience = 600_000;

/** Starts a container and waits for two answers. */
export async function askedOnce(engine: Engine, image: string, isService: boolean): Promise<Answers> {
  const port = await freePort();
  const run = ["run", "--detach", "--network=host", `--env=PORT=${port}`, image];
  const container = (await engine.docker(run)).stdout.trim();
  try {
    const times = isService ? await requested(port) : await printed(engine, container);
    const { stdout } = await engine.docker(["inspect", "--format={{.State.StartedAt}}", container]);
    const [first, second] = times;
    return { first: (first - Date.parse(stdout.trim())) / 1000, second: (second - first) / 1000 };
  } catch (error) {
    const { stdout, stderr } = await engine.docker(["logs", container], { check: false });
    throw new Error(`${image} does not answer: ${stdout}${stderr}`, { cause: error });
  } finally {
    await engine.docker(["rm", "--force", container], { check: false });
  }
}

/** When a service has answered the first order and the second. */
async function requested(port: number): Promise<readonly [number, number]> {
  const limit = Date.now() + patience;
  while (!(await isAnswered(port))) {
    if (Date.now() > limit) throw new Error("the service is not there");
    await sleep(5);
  }
  const first = Date.now();
  await isAnswered(port);
  return [first, Date.now()];
}

/** Whether the service took an order; `false` if it does not listen yet. */
async function isAnswered(port: number): Promise<boolean> {
  try {
    const body = '{"id": 1, "text": "first"}';
    const response = await fetch(`http://127.0.0.1:${port}/orders`, { method: "POST", body });
    await response.text();
    if (response.status !== 201) throw new Error(`the service answered ${response.status}`);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** When a script has printed `answer` the first time and the second. */
async function printed(engine: Engine, container: string): Promise<readonly [number, number]> {
  await engine.docker(["wait", container]);
  const { stdout } = await engine.docker(["logs", "--timestamps", container]);
  const times = [...stdout.matchAll(/^(\S+) answer$/gm)].map(([, time = ""]) => Date.parse(time));
  const [first, second] = times;
  if (first === undefined || second === undefined) throw new Error("there were not two answers");
  return [first, second];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
