import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { contextFolder } from "../../../src/cli/context-folder.ts";
import { lookAt } from "../../../src/engine/context-access.ts";

it("a folder of this machine is looked at through its links, but not beyond it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "context-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "env"));
  writeFileSync(join(folder, "env/Manifest.toml"), "# here\n");
  symlinkSync("env/Manifest.toml", join(folder, "Manifest.toml"));
  symlinkSync(join(folder, "env"), join(folder, "absolute"));
  const context = await contextFolder(folder).open([]);
  const look = (path: string) => lookAt(context, { path, content: true });
  expect(await look("Manifest.toml")).toEqual({
    kind: "file",
    path: "env/Manifest.toml",
    links: ["Manifest.toml"],
    file: { name: "Manifest.toml", text: "# here\n" },
  });
  expect(await look("absolute/Manifest.toml")).toMatchObject({ kind: "outside", link: "absolute" });
  expect(await look("env/Project.toml")).toEqual({ kind: "absent" });
  expect(await look("nowhere/Project.toml")).toEqual({ kind: "absent" });
});
