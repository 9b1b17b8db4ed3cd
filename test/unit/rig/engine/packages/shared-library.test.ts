import { expect, test } from "vitest";
import { sharedLibrary } from "../../../../engine/packages/shared-library.ts";

const declaration = { name: "libtest.so", symbol: "answer", value: 1234 } as const;

/** The entries of the dynamic section by their tags, found by way of the program headers as the linker does it. */
function dynamicEntries(file: Buffer): ReadonlyMap<number, number> {
  const number = (offset: number) => Number(file.readBigUInt64LE(offset));
  const headers = Array.from({ length: file.readUInt16LE(56) }, (_, index) => 64 + index * 56);
  const dynamic = headers.find((header) => file.readUInt32LE(header) === 2) as number;
  const [start, size] = [number(dynamic + 8), number(dynamic + 32)];
  const places = Array.from({ length: size / 16 }, (_, index) => start + index * 16);
  return new Map(places.map((place) => [number(place), number(place + 8)]));
}

test.each(["x86_64", "aarch64"] as const)(
  "the linker finds the function and the name for %s",
  (architecture) => {
    const file = sharedLibrary({ ...declaration, architecture });
    const entries = dynamicEntries(file);
    const text = (offset: number) => {
      const start = (entries.get(5) ?? 0) + offset; // DT_STRTAB
      return file.toString("latin1", start, file.indexOf(0, start));
    };
    expect(text(entries.get(14) ?? 0)).toBe("libtest.so"); // DT_SONAME
    const symbol = (entries.get(6) ?? 0) + 24; // DT_SYMTAB, behind the entry that is none
    expect(text(file.readUInt32LE(symbol))).toBe("answer");
    const code = Number(file.readBigUInt64LE(symbol + 8));
    const returned = {
      x86_64: () => file.readUInt32LE(code + 1),
      aarch64: () => (file.readUInt32LE(code) >>> 5) & 0xffff,
    };
    expect(returned[architecture]()).toBe(1234);
  },
);
