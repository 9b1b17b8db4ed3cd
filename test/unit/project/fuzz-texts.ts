import fc from "fast-check";

/** Values of every type that TOML has, and some that only look like what is expected. */
const otherValues = [
  "1",
  "-1",
  "1.5",
  "nan",
  "true",
  "2020-01-02",
  "12:30:00",
  '""',
  '"x"',
  '"../../x"',
  '"/etc/passwd"',
  '"C:\\\\x"',
  '"\\u0000"',
  `"${"x".repeat(5000)}"`,
  "[]",
  '["x"]',
  "[[]]",
  "[1, 'x', {}]",
  "{}",
  '{ path = ".." }',
  "{ a = { b = { c = 1 } } }",
  '"00000000-0000-0000-0000-000000000000"',
  '"99999.99999.99999"',
  '"1 - 0"',
];

const scraps = [
  "\u0000",
  "\ufeff",
  "\r",
  "\u2028",
  "[",
  "]",
  "=",
  '"',
  "'''",
  "\\",
  "#",
  "[[a]]\n",
  "a = 1\n",
  "💥",
];

/** A text in which one thing is broken, of the kinds of which people and programs break files. */
export function brokenText(text: string): fc.Arbitrary<string> {
  const lines = text.split("\n");
  const line = fc.nat(lines.length - 1);
  const at = fc.nat(text.length);
  const withLine = (index: number, ...instead: readonly string[]) =>
    lines.toSpliced(index, 1, ...instead).join("\n");
  const lineAt = (index: number) => lines[index] ?? "";
  return fc.oneof(
    line.map((index) => withLine(index)),
    line.map((index) => withLine(index, lineAt(index), lineAt(index))),
    fc.tuple(line, line).map(([index, other]) => withLine(index, lineAt(other))),
    fc
      .tuple(line, fc.constantFrom(...otherValues))
      .map(([index, value]) => withLine(index, lineAt(index).replace(/= .*/, `= ${value}`))),
    fc
      .tuple(line, fc.constantFrom("x", "deps", "__proto__", "constructor", '""', '"a.b"', "uuid", "path"))
      .map(([index, key]) => withLine(index, lineAt(index).replace(/^[\w-]+/, key))),
    at.map((end) => text.slice(0, end)),
    fc
      .tuple(at, fc.constantFrom(...scraps))
      .map(([index, scrap]) => text.slice(0, index) + scrap + text.slice(index)),
    fc.tuple(at, fc.nat(20)).map(([index, count]) => text.slice(0, index) + text.slice(index + count)),
    fc.constantFrom(text.replaceAll("\n", "\r\n"), text.replaceAll("\n", "\r"), `${text}${text}`, "", "\n"),
  );
}
