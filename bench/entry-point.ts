import { readFileSync } from "node:fs";

const dockerfile = readFileSync(new URL("../Dockerfile.frontend", import.meta.url), "utf8");
const [, ...rest]: readonly string[] = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]");

/** What the frontend image gives node as arguments, with files of the image's root taken from dist. */
export const entryArguments = rest.map((argument) => argument.replace(/^\//, ""));
