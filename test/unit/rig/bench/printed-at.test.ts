import { expect, it } from "vitest";
import { printedAt } from "../../../../bench/printed-at.ts";

const log = `#4 [depot] install and precompile 2 packages
#4 0.512 Copying
#4 7.25   artifact stone is there [1/1]
#4 9.000 Copying
#4 DONE 9.1s
`;

it("says when a line was printed for the first time", () => {
  expect(printedAt(log, /^Copying$/)).toBe(0.512);
  expect(printedAt(log, /^ {2}artifact \S+ is there/)).toBe(7.25);
  expect(printedAt(log, /^DONE/)).toBe(0);
});
