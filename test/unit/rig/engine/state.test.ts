import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stateFolder, statePath, stateSubfolder, withLock } from "../../../engine/state.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "state-"));
  vi.stubEnv("JULIA_FRONTEND_STATE", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("the state folder follows the environment", () => {
  expect(statePath("a", "b")).toBe(join(folder, "a", "b"));
  vi.stubEnv("JULIA_FRONTEND_STATE", "");
  vi.stubEnv("XDG_CACHE_HOME", "/cache");
  expect(stateFolder()).toBe("/cache/julia-frontend-tests");
});

test("what runs under one lock does not overlap", async () => {
  const events: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    events.push(`${name} begins`);
    await sleep(20);
    events.push(`${name} ends`);
  };
  await Promise.all([withLock("x", work("first")), withLock("x", work("second"))]);
  const [one, two] = [events[0]?.split(" ")[0], events[2]?.split(" ")[0]];
  expect(events).toEqual([`${one} begins`, `${one} ends`, `${two} begins`, `${two} ends`]);
});

test("the lock is free again after a failure", async () => {
  await expect(withLock("x", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await withLock("x", async () => "yes")).toBe("yes");
});

test("the lock of a process that is gone is taken over", async () => {
  const path = join(await stateSubfolder("locks"), "x");
  // Beyond the kernel's highest pid (2^22), so never a live process.
  writeFileSync(path, String(2 ** 22 + 1));
  expect(await withLock("x", async () => "mine")).toBe("mine");
});
