import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { runMigrate } from "../../../src/cli/migrate/run-migrate.ts";
import { folderOf } from "../cli/memory-folder.ts";

const page = resolve(import.meta.dirname, "../../../docs/migrating-from-a-dockerfile.md");

const uuids = {
  orders: "a1f0c5e2-6f0b-4d7e-8c55-0f3d3c6d9b01",
  precompileTools: "aea7be01-6a6a-4083-8856-8a6e6704d82a",
};

/** A project that the example may be about. */
const project = {
  "Project.toml": `name = "Orders"\nuuid = "${uuids.orders}"\n\n[deps]\nPrecompileTools = "${uuids.precompileTools}"\n`,
  "Manifest.toml": `julia_version = "1.12.5"\nmanifest_format = "2.0"\n\n[[deps.PrecompileTools]]\nuuid = "${uuids.precompileTools}"\ngit-tree-sha1 = "07a921781cab75691315adc645096ed5e370cb77"\nversion = "1.3.3"\n`,
  "src/Orders.jl": "module Orders\nfunction (@main)(args)\nend\nend\n",
  "test/warm.jl": "using Orders\n",
};

it("docs/migrating-from-a-dockerfile.md shows what its command makes of the Dockerfile on it", async () => {
  const text = readFileSync(page, "utf8");
  const [, dockerfile = ""] = /```dockerfile\n(.*?)```\n/s.exec(text) ?? [];
  const { exitCode, stdout, stderr } = await runMigrate(
    ["--print"],
    folderOf({ ...project, Dockerfile: dockerfile }),
  );
  expect(exitCode).toBe(0);
  const shown = text
    .replace(/(it makes this spec,\n\n```toml\n).*?```\n/s, (_, before) => `${before}${stdout}\`\`\`\n`)
    .replace(/(and says:\n\n```text\n).*?```\n/s, (_, before) => `${before}${stderr}\`\`\`\n`);
  await expect(shown).toMatchFileSnapshot(page);
});
