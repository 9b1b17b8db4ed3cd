import { createCipheriv, createHash } from "node:crypto";
import { type ArtifactFixture, defineArtifact } from "../test/engine/packages/artifact-fixture.ts";

/** Bytes that cannot be compressed, the same for the same name. */
function noise(name: string, bytes: number): Buffer {
  const key = createHash("md5").update(name).digest();
  return createCipheriv("aes-128-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

/** Bytes that gzip makes a third of, as it does of libraries: one of 512 words of eight bytes after the other. */
export function wordy(name: string, bytes: number): Buffer {
  const words = new Uint32Array(new Uint8Array(noise("words", 512 * 8)).buffer);
  const choices = new Uint16Array(new Uint8Array(noise(name, Math.ceil(bytes / 8) * 2)).buffer);
  const content = new Uint32Array(choices.length * 2);
  for (const [index, choice] of choices.entries()) {
    const word = (choice % 512) * 2;
    content[index * 2] = words[word] ?? 0;
    content[index * 2 + 1] = words[word + 1] ?? 0;
  }
  return Buffer.from(content.buffer, 0, bytes);
}

/** An artifact of so many bytes in files that are all of one size; every second one can be compressed. */
export function largeArtifact(
  name: string,
  { bytes, files }: { bytes: number; files: number },
): ArtifactFixture {
  const size = Math.floor(bytes / files);
  const each = (index: number) => {
    const path = `lib/${index % 20}/${name}-${index}.bin`;
    return [path, index % 2 === 0 ? noise(path, size) : wordy(path, size)] as const;
  };
  return defineArtifact({
    name,
    files: Object.fromEntries(Array.from({ length: files }, (_, index) => each(index))),
  });
}
