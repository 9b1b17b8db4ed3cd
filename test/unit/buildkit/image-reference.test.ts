import { describe, expect, it } from "vitest";
import { formatImageReference, parseImageReference } from "../../../src/buildkit/image-reference.ts";

const digest = `sha256:${"ab".repeat(32)}`;

describe("a full name", () => {
  it.each([
    ["julia", "docker.io/library/julia:latest"],
    ["julia:1.11", "docker.io/library/julia:1.11"],
    ["team/app", "docker.io/team/app:latest"],
    ["docker.io/julia", "docker.io/library/julia:latest"],
    ["index.docker.io/julia:1", "docker.io/library/julia:1"],
    ["localhost/app", "localhost/app:latest"],
    ["localhost:5000/app:1", "localhost:5000/app:1"],
    ["registry.example.com/a/b/c", "registry.example.com/a/b/c:latest"],
    ["registry.example.com:443/a__b.c-d", "registry.example.com:443/a__b.c-d:latest"],
    ["[::1]:5000/app", "[::1]:5000/app:latest"],
    [`julia@${digest}`, `docker.io/library/julia@${digest}`],
    [`julia:1.11@${digest}`, `docker.io/library/julia:1.11@${digest}`],
  ])("of %s is %s", (text, full) => {
    const reference = parseImageReference(text);
    expect(reference && formatImageReference(reference)).toBe(full);
  });
});

it.each([
  "",
  "Julia",
  "julia:",
  "julia:-a",
  "julia@sha256:12",
  "a//b",
  "registry.example.com/",
  "a b",
  "https://registry.example.com/a",
  "ab".repeat(32),
  `a/${"b".repeat(260)}`,
])("%j is no image name", (text) => {
  expect(parseImageReference(text)).toBeUndefined();
});
