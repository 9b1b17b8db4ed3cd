// Fills the code cache of the bundled frontend, dist/frontend.cache: builds an example once, against the tests' BuildKit, so that
// all functions a build needs are compiled. It fits the node that made it: NODE_BINARY, or the one that runs this.
import { readFileSync } from "node:fs";
import { runFrontend } from "./bench/frontend-run.ts";

const example = new URL("examples/hello/", import.meta.url);
const files = ["julia.toml", "Project.toml", "Manifest.toml"];
const context = Object.fromEntries(files.map((name) => [name, readFileSync(new URL(name, example), "utf8")]));

await runFrontend(["record.cjs"], context);
