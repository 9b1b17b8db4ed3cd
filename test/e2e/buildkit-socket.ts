import { spawn } from "node:child_process";
import { createServer, type Socket } from "node:net";
import type { Engine } from "../engine/engine-client.ts";

export interface BuildkitSocket {
  readonly stop: () => Promise<void>;
}

/** Offers the BuildKit inside a Docker engine on a Unix socket, as a buildkitd does: `docker buildx dial-stdio` for each connection. */
export async function openBuildkitSocket(engine: Engine, path: string): Promise<BuildkitSocket> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const dial = spawn(engine.client, ["buildx", "dial-stdio"], {
      env: engine.environment as NodeJS.ProcessEnv,
      stdio: ["pipe", "pipe", "inherit"],
    });
    open.add(socket);
    socket.pipe(dial.stdin);
    dial.stdout.pipe(socket);
    const end = (): void => {
      open.delete(socket);
      dial.kill();
    };
    socket.on("close", end).on("error", end);
    // Either side may be gone before the other has said everything.
    dial.stdin.on("error", end);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(path, resolve);
  });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return { stop };
}
