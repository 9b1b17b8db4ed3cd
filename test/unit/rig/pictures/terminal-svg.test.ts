import { expect, it } from "vitest";
import { terminalSvg } from "../../../pictures/terminal-svg.ts";

const svg = terminalSvg(
  [
    [
      { column: 0, text: "a b", style: {} },
      { column: 3, text: "   <c>", style: { colour: 4, bold: true } },
    ],
    [],
    [{ column: 1, text: "&", style: { dim: true } }],
  ],
  20,
  'A "title" & more',
);

it("is as large as its text", () => {
  // 20 characters of 8.4 pixels, 3 lines of 20, and 16 on each side.
  expect(svg).toContain('width="200" height="92" viewBox="0 0 200 92"');
});

it("puts words at their columns, with their widths", () => {
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="(\d+)" textLength="([\d.]+)".*?>(.*)<\/text>/g)];
  expect(texts.map(([, x, y, length, text]) => [x, y, length, text])).toEqual([
    ["16", "30", "25.2", "a b"],
    ["66.4", "30", "25.2", "&lt;c&gt;"],
    ["24.4", "70", "8.4", "&amp;"],
  ]);
  expect(texts[1]?.[0]).toContain('fill="#58a6ff" font-weight="bold"');
});

it("can be heard", () => {
  expect(svg).toContain('<title>A "title" &amp; more</title>');
});
