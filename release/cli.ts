// What a release needs beside a git tag; docs/releasing.md says when. Run by .github/workflows/release.yml and its like.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../src/text/user-error.ts";
import { checksums } from "./checksums.ts";
import { imageArguments } from "./image-arguments.ts";
import { notesOf } from "./notes.ts";
import { type Release, releaseOf } from "./release.ts";

const USAGE = `npm run release -- <command> TAG [options]
  assets TAG                   write the release's notes, JSON Schema and checksums to dist/release
  image TAG --repository NAME  build the frontend image for amd64 and arm64, push it, and print its name with its digest;
                               --without-sbom for a builder that cannot pull the program that lists what is in it`;

const root = join(import.meta.dirname, "..");
const folder = join(root, "dist/release");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

try {
  main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: { repository: { type: "string" }, "without-sbom": { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [command, tag = "", ...others] = positionals;
  const { repository } = values;
  const isCall = tag !== "" && others.length === 0;
  const release = (): Release => releaseOf(tag, JSON.parse(read("package.json")).version);
  if (isCall && command === "assets") writeAssets(release());
  else if (isCall && command === "image" && repository !== undefined) {
    pushImage(release(), repository, !values["without-sbom"]);
  } else throw new UserError(USAGE);
}

function writeAssets({ version }: Release): void {
  const files = new Map([["julia.schema.json", readFileSync(join(root, "schema/julia.schema.json"))]]);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, "SHA256SUMS"), checksums(files));
  writeFileSync(join(folder, "notes.md"), notesOf(read("CHANGELOG.md"), version));
}

function pushImage(release: Release, repository: string, sbom: boolean): void {
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  mkdirSync(folder, { recursive: true });
  const metadataFile = join(folder, "image.json");
  const args = imageArguments(release, {
    ...{ repository, sbom, metadataFile },
    revision: git("rev-parse", "HEAD"),
    created: git("show", "--no-patch", "--format=%cI"),
  });
  // The log is for people; what this prints is for the next command.
  const { status, error } = spawnSync("docker", args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (error !== undefined) throw new UserError(`docker cannot be run: ${error.message}`);
  if (status !== 0) throw new UserError("the image was not built and pushed; what docker said stands above");
  const metadata = JSON.parse(readFileSync(metadataFile, "utf8"));
  console.log(`${repository}@${metadata["containerimage.digest"]}`);
}
