// Fails if src/buildkit/gen is not what proto/ generates, or a file written from the tables in the source is not what they say. Run by `npm run generate:check`.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generatedTexts } from "./generated-texts.ts";

const repository = resolve(import.meta.dirname, "../..");
const checkedIn = join(repository, "src/buildkit/gen");
const fresh = mkdtempSync(join(tmpdir(), "generated-"));

/** Names of the files that are in one folder only, or differ between the two. */
function differingFiles(left: string, right: string): readonly string[] {
  const list = (folder: string) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      : [];
  const names = [...new Set([...list(left), ...list(right)])].sort();
  return names.filter((name) => readText(join(left, name)) !== readText(join(right, name)));
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

try {
  execFileSync("npx", ["--no-install", "buf", "generate", "--output", fresh], {
    cwd: repository,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stale = differingFiles(checkedIn, join(fresh, "src/buildkit/gen"));
  for (const name of stale)
    console.error(`src/buildkit/gen/${name} is not what proto/ generates; run: npm run generate`);
  const staleTexts = generatedTexts.filter(([path, text]) => readText(join(repository, path)) !== text);
  for (const [path] of staleTexts)
    console.error(`${path} is not what the source generates; run: npm run generate`);
  process.exitCode = stale.length + staleTexts.length === 0 ? 0 : 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
