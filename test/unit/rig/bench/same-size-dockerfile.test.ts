import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { frontendSpec } from "../../../../bench/frontend-spec.ts";
import { generatedProject, packageCount, packages } from "../../../../bench/generated-project.ts";
import { sameSizeDockerfile } from "../../../../bench/same-size-dockerfile.ts";
import { writeFiles } from "../../../../bench/write-files.ts";
import type { OperationJson } from "../../../../src/buildkit/llb/definition-json.ts";
import { contextFolder } from "../../../../src/cli/context-folder.ts";
import { runTool } from "../../../../src/cli/run-tool.ts";

const surroundings = {
  julia: { image: "julia:1.12.5", version: "1.12.5", id: "sha256:1" },
  server: "http://127.0.0.1:1",
  frontend: "registry.example.com/julia:1",
  id: "bench",
};

it("the Dockerfile that a build without a change is compared with has as many steps as the frontend's graph", async () => {
  const folder = await mkdtemp(join(tmpdir(), "same-size-"));
  try {
    await writeFiles(folder, generatedProject(packageCount, packages).files);
    const { stdout } = await runTool(["llb", "--format", "json", "--project", folder], {
      readStdin: async () => frontendSpec(surroundings),
      openContext: (context = "") => contextFolder(context),
      workFolder: () => undefined,
      platform: "linux/amd64",
    });
    const operations = JSON.parse(stdout.toString()) as readonly OperationJson[];
    // The last one names the result and does nothing.
    const steps = operations.length - 1;
    const instructions = sameSizeDockerfile(surroundings).match(/^(?:COPY|RUN) /gm) ?? [];
    const baseAndContext = 2;
    expect(instructions.length + baseAndContext).toBe(steps);
  } finally {
    await rm(folder, { recursive: true });
  }
});
