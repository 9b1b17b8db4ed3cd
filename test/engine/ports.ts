import { createServer } from "node:net";

/** The preferred port of the loopback if nobody listens there, else any free one. */
export async function choosePort(preferred: number): Promise<number> {
  const port = (await listenable(preferred)) ?? (await listenable(0));
  if (port === undefined) throw new Error("no free port on the loopback");
  return port;
}

function listenable(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const chosen = typeof address === "object" && address !== null ? address.port : undefined;
      server.close(() => resolve(chosen));
    });
  });
}
