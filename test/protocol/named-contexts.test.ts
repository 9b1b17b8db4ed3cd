import { expect, it } from "vitest";
import { answer } from "../../src/answers/questions.ts";
import { startSession } from "./session.ts";

const digest = `sha256:${"a".repeat(64)}`;
const config = JSON.stringify({ os: "linux", architecture: "amd64", config: {} });

/** The plan for a project without dependencies, when these options are given. */
async function planWith(options: Readonly<Record<string, string>>) {
  const project = { "Project.toml": "", "Manifest.toml": "" };
  const { client, daemon } = await startSession({
    sources: {
      "local://dockerfile": { "julia.toml": 'julia = "1.11"\n' },
      "local://context": {},
      "local://elsewhere": project,
    },
    images: { "registry.example.com/julia:ours": { digest, config } },
  });
  const all = { filename: "julia.toml", requestid: "frontend.plan", "context:project": "local:elsewhere" };
  const { metadata } = await answer(client, {
    options: new Map(Object.entries({ ...all, ...options })),
    sessionId: "session",
    workers: [],
  });
  return { daemon, plan: JSON.parse(metadata.get("result.json")?.toString() ?? "").plans[0] };
}

const ours = "docker-image://registry.example.com/julia:ours";

it.each(["julia:1.11", "docker.io/library/julia:1.11", "base", "base::linux/amd64"])(
  "the base image is replaced by the context %s, and the project by the context project",
  async (name) => {
    const { plan, daemon } = await planWith({ [`context:${name}`]: ours });
    expect(plan.base).toEqual({ reference: "registry.example.com/julia:ours", digest });
    expect(plan.packages.count).toBe(0);
    expect(daemon.requests("resolveSourceMeta")).toHaveLength(1);
  },
);

it("a context of a name that nothing has is refused, and so is an image for the project", async () => {
  await expect(planWith({ "context:base": ours, "context:other": ours })).rejects.toThrow(
    "nothing of that name",
  );
  await expect(planWith({ "context:project": ours })).rejects.toThrow("has to be files, not an image");
});

it("a context for another platform does not count", async () => {
  await expect(planWith({ "context:base::linux/386": ours })).rejects.toThrow("julia:1.11: not found");
});
