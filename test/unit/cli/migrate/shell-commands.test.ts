import { describe, expect, it } from "vitest";
import { readDockerfile } from "../../../../src/cli/migrate/read-dockerfile.ts";
import { shellCommands } from "../../../../src/cli/migrate/shell-commands.ts";

const commandsOf = (lines: string) => {
  const [stage] = readDockerfile(`FROM julia:1.12\nENV LIST="a b"\n${lines}\n`).stages;
  return stage?.instructions.filter(({ keyword }) => keyword === "RUN").flatMap(shellCommands) ?? [];
};
const wordsOf = (lines: string) => commandsOf(lines).map(({ words }) => words);

describe("commands of a RUN", () => {
  it.each([
    ["RUN a 'b c' && d; e | f > /tmp/x || g", [["a", "b c"], ["d"], ["e"], ["f"], ["g"]]],
    ["RUN f $LIST \"$LIST\" '$LIST' $OTHER", [["f", "a", "b", "a b", "$LIST", "${OTHER}"]]],
    ['RUN ["a", "b c"]', [["a", "b c"]]],
    ['RUN bash -lc "a && b c"', [["a"], ["b", "c"]]],
    ["RUN sudo -E A=b nice -n 10 c", [["c"]]],
    ["RUN if true; then a; else b; fi", [["true"], ["a"], ["b"]]],
    ["RUN a \\\n  # don't\n  b \\\n\n  && c", [["a", "b"], ["c"]]],
    ["RUN <<END\na 'b\nc'\n# d'\ne\nEND", [["a", "b\nc"], ["e"]]],
    ["RUN julia - <<END\nusing A\nEND", [["julia", "-e", "using A"]]],
    ["RUN a ${", [["a ${"]]],
  ])("%j", (lines, expected) => {
    expect(wordsOf(lines)).toEqual(expected);
  });

  it("have the variables before them, and say whether they write a file or decide", () => {
    expect(commandsOf("RUN A=b C=d e > f")).toEqual([
      { words: ["e"], assignments: ["A=b", "C=d"], writesFile: true },
    ]);
    expect(commandsOf("RUN a > /dev/null 2>&1")).toMatchObject([{ writesFile: false }]);
    expect(commandsOf("RUN if a; then b; fi").map(({ isCondition }) => isCondition)).toEqual([
      true,
      undefined,
    ]);
  });
});
