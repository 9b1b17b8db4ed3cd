import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeImageName } from "../../../engine/node-image.ts";

test("reads the node image's name from the Dockerfile of the frontend", () => {
  const dockerfile = readFileSync(new URL("../../../../Dockerfile.frontend", import.meta.url), "utf8");
  expect(nodeImageName(dockerfile)).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/);
});

test("takes the version and the suite apart", () => {
  const text = `ARG NODE_VERSION=24.1.2\nFROM --platform=$BUILDPLATFORM node:\${NODE_VERSION}-trixie-slim AS build\n`;
  expect(nodeImageName(text)).toBe("node:24.1.2-trixie-slim");
});

test("says what is missing in a Dockerfile without them", () => {
  expect(() => nodeImageName("FROM scratch\n")).toThrow("ARG NODE_VERSION");
});
