import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../../docs/docker-compose.md"), "utf8");

it("shows a spec without fault", () => {
  const [, text = ""] = /```toml\n(.*?)```/s.exec(page) ?? [];
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text });
  expect(diagnostics).toEqual([]);
  expect(spec?.pkg.auth).toBe("pkg-token");
});
