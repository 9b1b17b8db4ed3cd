import { join } from "node:path";
import { contextFolder } from "../../src/cli/context-folder.ts";
import { runTool } from "../../src/cli/run-tool.ts";
import { exampleNames, examplesFolder, readCase, readExample } from "./case.ts";

/** What the frontend as a tool answers for an example, on linux/amd64. Throws if it finds errors. */
export async function toolOutput(example: string, ...command: readonly string[]): Promise<string> {
  const target = exampleNames.includes(example) ? readCase(example).target : undefined;
  const options = [
    ...["--platform", "linux/amd64", "--project", join(examplesFolder, example)],
    ...(target === undefined ? [] : ["--target", target]),
  ];
  const { exitCode, stdout, stderr } = await runTool([...command, ...options], {
    readStdin: async () => readExample(example, "julia.toml"),
    openContext: (context = "") => contextFolder(context),
    workFolder: () => undefined,
    platform: "linux/amd64",
  });
  if (exitCode !== 0) throw new Error(stderr);
  return stdout.toString();
}
