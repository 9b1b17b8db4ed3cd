// Fills the code cache of the bundled frontend, dist/frontend.cache: builds an example once, against the tests' BuildKit, so that
// all functions a build needs are compiled. It fits the node that made it: NODE_BINARY, or the one that runs this.
import { readFileSync } from "node:fs";
import { runFrontend } from "./bench/frontend-run.ts";

const read = (name: string) => readFileSync(new URL(`examples/hello/${name}`, import.meta.url), "utf8");

/** With the keys that most specs have beside what the example shows. */
const spec = `${read("julia.toml")}
[env]
PORT = "8080"

[labels]
"org.opencontainers.image.title" = "Hello"

[image]
expose = ["8080"]

[pkg]
server = "https://pkg.example.com"

[depot]
cache-id = "hello"
`;

await runFrontend(["record.cjs"], {
  "julia.toml": spec,
  "Project.toml": read("Project.toml"),
  "Manifest.toml": read("Manifest.toml"),
  ".dockerignore": "data\n",
});
