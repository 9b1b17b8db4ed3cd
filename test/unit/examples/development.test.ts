import { describe, expect, it } from "vitest";
import { readExample } from "../../examples/case.ts";

const page = (example: string) => readExample(example, "README.md");

describe("examples/devcontainer", () => {
  const text = readExample("devcontainer", ".devcontainer/devcontainer.json");
  const settings = JSON.parse(text);
  const [plan] = JSON.parse(readExample("devcontainer", "expected/plan.json")).plans;

  it("shows its devcontainer.json", () => {
    expect(page("devcontainer")).toContain(`\`\`\`json\n${text}\`\`\``);
  });

  it("builds the image that it names, of the target dev", () => {
    expect(settings.initializeCommand).toEqual(
      expect.arrayContaining(["--target=dev", `--tag=${settings.image}`, "--file=julia.toml"]),
    );
    expect(plan.target).toBe("dev");
  });

  it("mounts the project where the image has it, and a volume where Julia writes", () => {
    expect(settings.workspaceFolder).toBe(plan.image.workdir);
    expect(settings.workspaceMount).toContain(`target=${plan.image.workdir}`);
    const [depotPath = ""] = plan.image.env.filter((line: string) => line.startsWith("JULIA_DEPOT_PATH="));
    const [first] = depotPath.replace("JULIA_DEPOT_PATH=", "").split(":");
    expect(settings.mounts).toEqual([expect.stringMatching(new RegExp(`target=${first}$`))]);
  });
});

describe("examples/compose-watch", () => {
  const text = readExample("compose-watch", "compose.yaml");

  it("shows its compose file", () => {
    expect(page("compose-watch")).toContain(`\`\`\`yaml\n${text}\`\`\``);
  });

  it("copies sources to where the image has them, and builds again for what decides about dependencies", () => {
    const rules = [...text.matchAll(/action: (\S+)\n +path: (\S+)(?:\n +target: (\S+))?/g)];
    const [plan] = JSON.parse(readExample("compose-watch", "expected/plan.json")).plans;
    for (const [, action, path, target] of rules)
      expect([action, target]).toEqual(
        path?.endsWith(".toml") ? ["rebuild", undefined] : ["sync+restart", `${plan.image.workdir}/${path}`],
      );
    expect(rules.map(([, , path]) => path)).toEqual(
      expect.arrayContaining(["src", "Project.toml", "Manifest.toml"]),
    );
  });
});
