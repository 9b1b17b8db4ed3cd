import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { withoutComments } from "../../../build/julia-text.ts";

it("leaves code, and of comments and docstrings their lines", () => {
  const program = `# What it is for.
"What f does: \`f(1)\`."
function f(x)
    # Why so.
    return x # twice
end

"""
What g does.

# Example
"""
g(name) = """
    # no comment, $name
"no docstring"
    """
h() = "#"
`;
  expect(withoutComments(program)).toBe(`

function f(x)

    return x # twice
end






g(name) = """
    # no comment, $name
"no docstring"
    """
h() = "#"
`);
});

const folder = new URL("../../../src/julia/", import.meta.url);
const programs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".jl"),
);

it.each(programs)("leaves every line of %s that is no comment where it is", (name) => {
  const lines = readFileSync(new URL(name, folder), "utf8").split("\n");
  const left = withoutComments(lines.join("\n")).split("\n");
  expect(left).toHaveLength(lines.length);
  const removed = lines.filter((line, index) => line !== left[index]);
  expect(removed.filter((line) => /^\s+[^#\s]/.test(line))).toEqual([]);
  expect(
    removed.filter((line) => /^(?:function|const|struct|end|using|import|include)\b/.test(line)),
  ).toEqual([]);
  expect(left.some((line) => /^(?:#|")/.test(line))).toBe(false);
});
