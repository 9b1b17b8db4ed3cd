import { expect, it } from "vitest";
import { withReadmePlot } from "../../../../../bench/comparison/readme.ts";
import { exampleResults } from "./example-results.ts";

const readme = `# Title

<!-- Written by \`npm run bench:all\`. -->
old
<!-- The end of what \`npm run bench:all\` writes. -->

Last.
`;

it("replaces what is between the marks, and nothing else", () => {
  const text = withReadmePlot(readme, exampleResults);
  expect(text).toMatch(/^# Title\n.*overview-dark\.svg.*\nLast\.\n$/s);
  expect(text).not.toContain("old");
  expect(withReadmePlot(text, exampleResults)).toBe(text);
});

it("needs the marks", () => {
  expect(() => withReadmePlot("# Title\n", exampleResults)).toThrow("no place");
});
