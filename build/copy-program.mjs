// node build/copy-program.mjs SYSTEM PROGRAM IMAGE: copies a program of a system, its loader and the libraries that it names
// into an image, each to its own path, the program to /bin. It reads the files and runs none: the system may be one of another
// processor's. Needs readelf.
import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, lstatSync, mkdirSync, readlinkSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";

const [system, program, image] = process.argv.slice(2);

/** Where Debian's loaders look, on every processor. */
const libraryFolders = ["lib/*-linux-gnu*", "usr/lib/*-linux-gnu*", "lib64", "lib", "usr/lib"].flatMap(
  (pattern) => globSync(pattern, { cwd: system }),
);

const copied = new Set();
copy(program, join("bin", basename(program)));
copyWhatIsNamed(program);

/** Copies the loader that a file asks for, the libraries that it names, and what they name in turn. */
function copyWhatIsNamed(path) {
  for (const named of [...loaders(path), ...libraries(path)]) {
    if (copied.has(named)) continue;
    copied.add(named);
    copy(named, named);
    copyWhatIsNamed(named);
  }
}

function loaders(path) {
  return matches(readelf("--program-headers", path), /program interpreter: \/([^\]]+)\]/g);
}

function libraries(path) {
  return matches(readelf("--dynamic", path), /\(NEEDED\).*\[([^\]]+)\]/g).map((name) => {
    const folder = libraryFolders.find((folder) => isThere(join(folder, name)));
    if (folder === undefined) throw new Error(`${path} needs ${name}, which is not in ${system}`);
    return join(folder, name);
  });
}

function matches(text, pattern) {
  return Array.from(text.matchAll(pattern), ([, group]) => group);
}

function readelf(option, path) {
  return execFileSync("readelf", ["--wide", option, fileOf(path)], { encoding: "utf8" });
}

function copy(path, imagePath) {
  const target = join(image, imagePath);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(fileOf(path), target);
}

function isThere(path) {
  return lstatSync(join(system, path), { throwIfNoEntry: false }) !== undefined;
}

/** The file that a path of the system means: its links can be absolute, and are then of that system and not of this one. */
function fileOf(path) {
  const file = join(system, path);
  if (!lstatSync(file).isSymbolicLink()) return file;
  const link = readlinkSync(file);
  return fileOf(isAbsolute(link) ? link : join(dirname(path), link));
}
