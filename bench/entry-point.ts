import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { node } from "./frontend-run.ts";

const dockerfile = readFileSync(new URL("../Dockerfile.frontend", import.meta.url), "utf8");
const [, imageVersion] = /^ARG NODE_VERSION=(\d+)/m.exec(dockerfile) ?? [];
const [, ...rest]: readonly string[] = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]");

/** The version of the node that is measured, as `24.21.0`. */
export const nodeVersion = execFileSync(node, ["--version"], { encoding: "utf8" }).trim().slice(1);

/**
 * What the frontend image gives node as arguments, with files of the image's root taken from dist. Another node than the
 * image's gets no options: they are chosen for that one, and node 20 does without its own code cache if it gets them.
 */
export const entryArguments = rest
  .filter((argument) => !argument.startsWith("--") || nodeVersion.split(".")[0] === imageVersion)
  .map((argument) => argument.replace(/^\//, ""));
