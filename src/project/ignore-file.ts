import { posix } from "node:path";

/**
 * Patterns of a .dockerignore file, in the form that BuildKit's local sources take: comments and blank lines left out, paths
 * clean and relative to the context, `!` kept (moby/patternmatcher, ignorefile.ReadAll).
 */
export function readIgnoreFile(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map(cleanPattern);
}

function cleanPattern(line: string): string {
  const inverted = line.startsWith("!");
  const path = (inverted ? line.slice(1) : line).trim();
  const clean =
    path === ""
      ? ""
      : posix
          .normalize(path)
          .replace(/(?<=.)\/$/, "")
          .replace(/^\/(?=.)/, "");
  return inverted ? `!${clean}` : clean;
}
