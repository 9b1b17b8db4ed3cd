// The programs of each step as BuildKit gets them. They are the same in every build, so they are packed when the bundle is made
// (build/bundle.mjs), and not whenever it is started.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { createTar } from "nanotar";
import {
  applicationPrograms,
  dependencyPrograms,
  developmentPrograms,
  reductionPrograms,
  testPrograms,
} from "./programs.ts";
import { withoutDocumentation } from "./without-documentation.ts";

/**
 * Programs of a step, packed. Of what a definition has in it, BuildKit makes several copies in every build, also in those
 * without a change, and keeps one in the build's record: it takes a millisecond for six files, and one for eight kilobytes.
 */
export interface ProgramArchive {
  /** Of the files before they were compressed: a compressor's output differs from one version to the next. */
  readonly digest: string;
  /** A tar archive, compressed by gzip, in base64. */
  readonly base64: string;
}

export const dependencyArchive = pack(dependencyPrograms);
export const applicationArchive = pack(applicationPrograms);
export const reductionArchive = pack(reductionPrograms);
export const testArchive = pack(testPrograms);
export const developmentArchive = pack(developmentPrograms);

function pack(programs: ReadonlyMap<string, string>): ProgramArchive {
  const folders = new Set([...programs.keys()].map((path) => path.slice(0, path.indexOf("/") + 1)));
  const files = [...programs].map(([name, program]) => ({
    name,
    data: withoutDocumentation(program),
    attrs: { mode: "644" },
  }));
  const tar = createTar([...[...folders].map((name) => ({ name, attrs: { mode: "755" } })), ...files], {
    // Root's, and of one time, so that equal content is one input.
    attrs: { uid: 0, gid: 0, mtime: 0 },
  });
  return {
    digest: `sha256:${createHash("sha256").update(tar).digest("hex")}`,
    base64: gzipSync(tar, { level: 9 }).toString("base64"),
  };
}
