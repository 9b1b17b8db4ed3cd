import { readEnvironment, readOptions, runOnStdio } from "./buildkit/gateway/index.ts";
import { build } from "./frontend/build.ts";
import { logFault } from "./frontend/log.ts";
import { version } from "./text/product.ts";

/**
 * The container's entry point: BuildKit starts it without arguments and speaks with it over stdin and stdout. With arguments
 * it is a tool for people. Whatever is no build is in another bundle, tools.cjs: builds wait for what every start reads.
 */
async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "--version") {
    console.log(version);
    return;
  }
  if (args.length > 0) {
    const { runToolInProcess } = await import("./cli/tools.ts");
    return runToolInProcess(args);
  }
  if (readOptions(process.env).has("requestid")) {
    const { answerOnStdio } = await import("./cli/tools.ts");
    return answerOnStdio();
  }
  await runOnStdio(async (client) => build(client, readEnvironment(process.env)), logFault);
}

void main(process.argv.slice(2));
