/** Pkg's names of the architectures that a library can be made for. */
export type LibraryArchitecture = "x86_64" | "aarch64";

export interface SharedLibrary {
  readonly architecture: LibraryArchitecture;
  /** The library's own name, as `libmetronome.so`. */
  readonly name: string;
  /** Its only function. */
  readonly symbol: string;
  /** What the function returns: less than 65,536. */
  readonly value: number;
}

/** elf.h: e_machine. */
const MACHINES = { x86_64: 62, aarch64: 183 } as const;

/** The machine code of `return value;`. */
const CODE: Readonly<Record<LibraryArchitecture, (value: number) => Buffer>> = {
  x86_64: (value) => Buffer.from([0xb8, value & 0xff, value >> 8, 0, 0, 0xc3]), // mov eax, value; ret
  aarch64: (value) => numbers(4, 0x52800000 + value * 32, 0xd65f03c0), // mov w0, #value; ret
};

/** At least as large as any kernel's pages: what is written and what is run lie in different ones. */
const PAGE = 0x10000;
const [FILE_HEADER, PROGRAM_HEADER, SYMBOL] = [64, 56, 24];
const HEADERS = FILE_HEADER + 4 * PROGRAM_HEADER;

/**
 * A shared library for Linux of 64 bits with one function that returns a number: as little of an ELF file (elf(5)) as the
 * dynamic linker accepts. A compiler need not be there, and could not write the same bytes on every machine.
 */
export function sharedLibrary({ architecture, name, symbol, value }: SharedLibrary): Buffer {
  const code = padded(CODE[architecture](value));
  const symbolTable = HEADERS + code.length;
  const hashTable = symbolTable + 2 * SYMBOL;
  const stringTable = hashTable + 24;
  const strings = Buffer.from(`\0${symbol}\0${name}\0`);
  const dynamic = dynamicSection({ ...{ symbolTable, hashTable, stringTable }, strings, symbol });
  const readable = Buffer.concat([
    code,
    Buffer.concat([Buffer.alloc(SYMBOL), symbolEntry(HEADERS, code.length)]),
    numbers(4, 1, 2, 1, 0, 0, 0), // One bucket of two entries, of which the second is the function.
    padded(strings),
  ]);
  const end = HEADERS + readable.length;
  return Buffer.concat([
    fileHeader(MACHINES[architecture]),
    programHeader(1, 5, 0, 0, end), // PT_LOAD, to be read and run
    programHeader(1, 6, end, end + PAGE, dynamic.length), // PT_LOAD, to be read and written
    programHeader(2, 6, end, end + PAGE, dynamic.length), // PT_DYNAMIC
    programHeader(0x6474e551, 6, 0, 0, 0), // PT_GNU_STACK: the stack is not to be run
    readable,
    dynamic,
  ]);
}

function fileHeader(machine: number): Buffer {
  const identity = Buffer.alloc(16);
  identity.write("\x7fELF\x02\x01\x01", "latin1"); // 64 bits, little-endian, version 1
  return Buffer.concat([
    identity,
    numbers(2, 3, machine), // ET_DYN
    numbers(4, 1),
    numbers(8, 0, FILE_HEADER, 0), // no entry point; program headers; no sections
    numbers(4, 0),
    numbers(2, FILE_HEADER, PROGRAM_HEADER, 4, 64, 0, 0),
  ]);
}

function programHeader(type: number, flags: number, offset: number, address: number, size: number): Buffer {
  return Buffer.concat([
    numbers(4, type, flags),
    numbers(8, offset, address, address, size, size, type === 1 ? PAGE : 8),
  ]);
}

/** A global function whose name is the first of the string table. */
function symbolEntry(address: number, size: number): Buffer {
  return Buffer.concat([numbers(4, 1), Buffer.from([0x12, 0]), numbers(2, 1), numbers(8, address, size)]);
}

interface Tables {
  readonly symbolTable: number;
  readonly hashTable: number;
  readonly stringTable: number;
  readonly strings: Buffer;
  readonly symbol: string;
}

function dynamicSection({ symbolTable, hashTable, stringTable, strings, symbol }: Tables): Buffer {
  const soname = symbol.length + 2;
  return Buffer.concat([
    numbers(8, 14, soname, 4, hashTable), // DT_SONAME, DT_HASH
    numbers(8, 5, stringTable, 10, strings.length), // DT_STRTAB, DT_STRSZ
    numbers(8, 6, symbolTable, 11, SYMBOL), // DT_SYMTAB, DT_SYMENT
    numbers(8, 0, 0), // DT_NULL
  ]);
}

/** Little-endian numbers of so many bytes each. */
function numbers(bytes: 2 | 4 | 8, ...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(bytes * values.length);
  for (const [index, value] of values.entries()) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), index * 8);
    else buffer.writeUIntLE(value, index * bytes, bytes);
  }
  return buffer;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
}
