import { expect, test } from "vitest";
import { readTimeline } from "../../../../../bench/timeline/read-timeline.ts";

const began = Date.parse("2026-01-01T00:00:00.000Z");
const at = (seconds: number): string => new Date(began + seconds * 1000).toISOString();
const log = (...lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join("\n");
const vertex = (digest: string, name: string, started: number, completed?: number) => ({
  ...{ digest, name, started: at(started) },
  ...(completed === undefined ? {} : { completed: at(completed) }),
});
const printed = (digest: string, text: string, seconds: number) => ({
  ...{ vertex: digest, timestamp: at(seconds) },
  data: Buffer.from(text).toString("base64"),
});

test("a step has the times of all that is said of it, and what lies before and after is shown too", () => {
  const text = log(
    { vertexes: [vertex("a", "load", 0.5)] },
    { vertexes: [vertex("a", "load", 0.5, 0.6), vertex("a", "load", 0.7)] },
    { vertexes: [vertex("a", "load", 0.7, 1)] },
  );
  expect(readTimeline(`no JSON\n${text}\n`, began, 2)).toEqual([
    { name: "docker and BuildKit start", start: 0, end: 0.5 },
    { name: "load", start: 0.5, end: 1 },
    { name: "short steps, and docker ends", start: 1, end: 2 },
  ]);
});

test("a step with output is parted by its lines, without colours", () => {
  const text = log(
    { vertexes: [vertex("a", "run", 0)] },
    { logs: [printed("a", "\u001b[32mfirst\u001b[0m\n", 1), printed("a", "\n  second\n", 3)] },
    { vertexes: [vertex("a", "run", 0, 4)] },
  );
  expect(readTimeline(text, began, 4)).toEqual([
    { name: "run", start: 0, end: 4 },
    { name: "until the first line is printed", start: 0, end: 1, isPart: true },
    { name: "first", start: 1, end: 3, isPart: true },
    { name: "second", start: 3, end: 4, isPart: true },
  ]);
});

test("a step without output is parted by what BuildKit says that it does, without names of one run", () => {
  const id = `exporting manifest sha256:${"0".repeat(64)}`;
  const status = { vertex: "a", id, started: at(0), completed: at(0.5) };
  const unpacking = {
    vertex: "a",
    id: "unpacking to somewhere/image:latest",
    started: at(0.5),
    completed: at(1),
  };
  const text = log({ vertexes: [vertex("a", "export", 0, 1)] }, { statuses: [status, unpacking] });
  expect(readTimeline(text, began, 1)).toEqual([
    { name: "export", start: 0, end: 1 },
    { name: "exporting manifest", start: 0, end: 0.5, isPart: true },
    { name: "unpacking", start: 0.5, end: 1, isPart: true },
  ]);
});

test("what takes no time has no line, nor has a step that never began", () => {
  const text = log({ vertexes: [vertex("a", "cached", 0.5, 0.5), { digest: "b", name: "waits" }] });
  expect(readTimeline(text, began, 1)).toEqual([{ name: "short steps, and docker ends", start: 0, end: 1 }]);
});
