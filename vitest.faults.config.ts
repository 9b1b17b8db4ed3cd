import { defineConfig } from "vitest/config";

/** The slow fault suite, apart from what `npm test` runs: `npm run test:faults`. */
export default defineConfig({
  test: {
    reporters: ["verbose", "./test/faults/closing-lines.ts", "./test/tools/closing-line.ts"],
    projects: [
      {
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          globalSetup: ["test/faults/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
        },
      },
    ],
  },
});
