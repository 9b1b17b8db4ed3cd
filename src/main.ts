import { readEnvironment, runOnStdio } from "./gateway/index.ts";
import { version } from "./version.ts";

/**
 * The container's entry point: BuildKit starts it without arguments and speaks with it over stdin and stdout. With arguments
 * it is a tool for people.
 */
async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "--version") {
    console.log(version);
    return;
  }
  if (args.length > 0) {
    const { runToolInProcess } = await import("./cli/process.ts");
    return runToolInProcess(args);
  }
  await runOnStdio(async () => {
    const { build } = await import("./frontend.ts");
    const environment = readEnvironment(process.env);
    return (client) => build(client, environment);
  });
}

void main(process.argv.slice(2));
