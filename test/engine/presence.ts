import type { Engine } from "./engine-client.ts";

/** Whether the engine holds an image of this name. */
export async function isPresent(engine: Engine, name: string): Promise<boolean> {
  return (await engine.docker(["image", "inspect", name], { check: false })).code === 0;
}

export async function pullIfAbsent(engine: Engine, name: string): Promise<void> {
  if (!(await isPresent(engine, name))) await engine.docker(["pull", "--quiet", name]);
}
