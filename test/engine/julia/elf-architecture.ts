/** elf.h: e_machine, by Go's name of the architecture. */
const MACHINES: Readonly<Record<number, string>> = { 3: "386", 62: "amd64", 183: "arm64" };

/** The architecture that a program file is for, as images name it. */
export function elfArchitecture(program: Uint8Array): string {
  const bytes = Buffer.from(program);
  const isElf = bytes.subarray(0, 4).toString("latin1") === "\x7fELF";
  const architecture = isElf ? MACHINES[bytes.readUInt16LE(18)] : undefined;
  if (architecture === undefined) throw new Error("not a Linux program for amd64, 386 or arm64");
  return architecture;
}
