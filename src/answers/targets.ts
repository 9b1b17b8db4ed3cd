import { openSpec } from "../frontend/prepare.ts";
import { type Target, targets } from "../plan/plan.ts";
import { columns } from "./columns.ts";
import type { Request } from "./question.ts";

/** What each target is. The first of `targets` is the default. */
export const targetDescriptions: Readonly<Record<Target, string>> = {
  app: "The image: base, depot, project, and its compiled code",
  deps: "The image without the project's sources",
  depot: "The depot alone, on an empty file system",
  test: "Runs the project's tests; holds what they left in $TEST_RESULTS",
};

/** Lists the targets, in the form of BuildKit's `targets.List`. */
export const targetList: Request = {
  name: "frontend.targets",
  version: "1.0.0",
  description: "List the targets that can be built",
  answer: async ({ client, environment, request }) => {
    const { loaded, reading } = await openSpec(client, environment, request);
    const base = reading.spec?.base;
    const json = {
      targets: targets.map((name, index) => ({
        name,
        ...(index === 0 ? { default: true } : {}),
        description: targetDescriptions[name],
        ...(base === undefined || name === "depot" || name === "test" ? {} : { base }),
      })),
      sources: [Buffer.from(loaded.file.text).toString("base64")],
    };
    const rows = targets.map((name, index) => [
      index === 0 ? `${name} (default)` : name,
      targetDescriptions[name],
    ]);
    return { json, text: columns([["TARGET", "DESCRIPTION"], ...rows], 1) };
  },
};
