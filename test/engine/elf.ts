/** elf.h: e_machine, by Go's name of the architecture. */
const MACHINES: Readonly<Record<number, string>> = { 3: "386", 62: "amd64", 183: "arm64" };

/** elf.h: kinds of segments. */
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
/** elf.h: kinds of entries of the dynamic section. */
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;

export function isElf(file: Uint8Array): boolean {
  return Buffer.from(file.subarray(0, 4)).toString("latin1") === "\x7fELF";
}

/** The architecture that a program file is for, as images name it. */
export function elfArchitecture(program: Uint8Array): string {
  const architecture = isElf(program) ? MACHINES[Buffer.from(program).readUInt16LE(18)] : undefined;
  if (architecture === undefined) throw new Error("not a Linux program for amd64, 386 or arm64");
  return architecture;
}

/** What has to be there for a program or library of 64 bits to be loaded. */
export interface ElfNeeds {
  /** Path of the loader; libraries name none. */
  readonly loader: string | undefined;
  /** Names of libraries, without folders. */
  readonly libraries: readonly string[];
}

export function elfNeeds(file: Uint8Array): ElfNeeds {
  const bytes = Buffer.from(file);
  const segments = segmentsOf(bytes);
  const loads = segments.filter(({ type }) => type === PT_LOAD);
  const textAt = (offset: number) => bytes.toString("utf8", offset, bytes.indexOf(0, offset));
  const offsetOf = (address: number) => {
    const load = loads.find(({ address: start, size }) => address >= start && address < start + size);
    if (load === undefined) throw new Error(`no segment has the address ${address}`);
    return address - load.address + load.offset;
  };
  const loader = segments.find(({ type }) => type === PT_INTERP);
  const dynamic = segments
    .filter(({ type }) => type === PT_DYNAMIC)
    .flatMap((each) => entriesOf(bytes, each));
  const names = dynamic.find(({ tag }) => tag === DT_STRTAB)?.value ?? 0;
  return {
    loader: loader === undefined ? undefined : textAt(loader.offset),
    libraries: dynamic
      .filter(({ tag }) => tag === DT_NEEDED)
      .map(({ value }) => textAt(offsetOf(names) + value)),
  };
}

interface Segment {
  readonly type: number;
  /** Where it is in the file, and how long it is there, in bytes. */
  readonly offset: number;
  readonly size: number;
  /** Where it is in memory. */
  readonly address: number;
}

function segmentsOf(bytes: Buffer): readonly Segment[] {
  const start = Number(bytes.readBigUInt64LE(32));
  const length = bytes.readUInt16LE(54);
  return Array.from({ length: bytes.readUInt16LE(56) }, (_, index) => {
    const at = start + index * length;
    return {
      type: bytes.readUInt32LE(at),
      offset: Number(bytes.readBigUInt64LE(at + 8)),
      address: Number(bytes.readBigUInt64LE(at + 16)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
    };
  });
}

function entriesOf(
  bytes: Buffer,
  { offset, size }: Segment,
): readonly { readonly tag: bigint; readonly value: number }[] {
  return Array.from({ length: size / 16 }, (_, index) => ({
    tag: bytes.readBigUInt64LE(offset + index * 16),
    value: Number(bytes.readBigUInt64LE(offset + index * 16 + 8)),
  }));
}
