import { describe, expect, it, vi } from "vitest";
import type { CommandResult } from "../../../engine/command.ts";
import { exportedAgain } from "../../../engine/engine-client.ts";

const lost = `ERROR: failed to build: parent snapshot sha256:${"a".repeat(64)} does not exist: not found`;

function results(...list: readonly CommandResult[]) {
  const left = [...list];
  const build = vi.fn(async () => left.shift() as CommandResult);
  return build;
}

const result = (code: number, stderr: string): CommandResult => ({ code, stdout: "", stderr });

describe("a build whose image the engine could not unpack", () => {
  it("is asked for again, and its first log counts", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const build = results(result(1, `#1 [depot] install\n${lost}`), result(0, "#1 CACHED"));
    expect(await exportedAgain(build)).toEqual(result(0, `#1 [depot] install\n${lost}`));
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it("fails if that fails too", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const build = results(result(1, lost), result(2, "no"));
    expect(await exportedAgain(build)).toEqual(result(2, "no"));
    warn.mockRestore();
  });
});

it.each([result(0, ""), result(1, "another error")])("what ends otherwise is not run again", async (only) => {
  const build = results(only);
  expect(await exportedAgain(build)).toEqual(only);
  expect(build).toHaveBeenCalledOnce();
});
