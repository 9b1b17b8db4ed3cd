/** What editors say of each section that is nothing but a group of keys. */
export const sectionDocs: ReadonlyMap<string, string> = new Map([
  ["packages", "Debian packages."],
  ["depot", "The depot of the image, and the cache that builds share."],
  ["precompile", "How packages are compiled, and what is compiled ahead of the first request."],
  ["pkg", "Where packages come from, and how they are fetched."],
  [
    "ssh",
    "Agents and host keys for packages that are fetched by ssh. `[ssh]` alone lends the agent `default`.",
  ],
  ["image", "What the image is based on, and its configuration."],
  ["run", "Flags of the `julia` that the image starts."],
  ["test", "The tests that `--target test` runs."],
]);
