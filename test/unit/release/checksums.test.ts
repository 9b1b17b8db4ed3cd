import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checksums } from "../../../release/checksums.ts";

it("are what sha256sum checks", () => {
  const folder = mkdtempSync(join(tmpdir(), "julia-frontend-checksums-"));
  const files = new Map([
    ["b.json", Buffer.from("{}")],
    ["a.txt", Buffer.from("text\n")],
  ]);
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, "SHA256SUMS"), checksums(files));
  const output = execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  expect(output).toBe("a.txt: OK\nb.json: OK\n");
  rmSync(folder, { recursive: true });
});
