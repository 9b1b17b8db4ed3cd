import { expect, it } from "vitest";
import { screenOf, textOf } from "../../../pictures/screen.ts";

const start = "\u001b[";

it("knows colours, and leaves out blanks at the end of a line and empty lines at the end", async () => {
  const lines = await screenOf(
    `a ${start}34mblue${start}0m ${start}1mbold${start}0m  \r\n\n${start}91;2mc${start}0m\n\n`,
    40,
  );
  expect(lines).toEqual([
    [
      { column: 0, text: "a ", style: {} },
      { column: 2, text: "blue", style: { colour: 4 } },
      { column: 6, text: " ", style: {} },
      { column: 7, text: "bold", style: { bold: true } },
    ],
    [],
    [{ column: 0, text: "c", style: { colour: 9, dim: true } }],
  ]);
});

it("shows what is left when a program writes over itself", async () => {
  const lines = await screenOf(`[+] 1s\n => a\n${start}2A${start}J[+] 2s\n => b\n`, 40);
  expect(lines.map(textOf)).toEqual(["[+] 2s", " => b"]);
});

it("takes a line that a terminal breaks for one", async () => {
  const [line = [], ...others] = await screenOf("0123456789abcdef", 10);
  expect(textOf(line)).toBe("0123456789abcdef");
  expect(others).toEqual([]);
});
