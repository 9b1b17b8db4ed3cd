import { expect, it } from "vitest";
import { readVariants } from "../../../../../bench/comparison/resolve-project.ts";

it("reads the files of each variant", () => {
  const output = `Resolving
--- cold/Project.toml
[deps]

--- cold/Manifest.toml
# machine-generated
--- dependencyAdded/Project.toml
[deps]
A = "x"
`;
  expect(readVariants(output)).toEqual({
    cold: { "Project.toml": "[deps]\n", "Manifest.toml": "# machine-generated" },
    dependencyAdded: { "Project.toml": '[deps]\nA = "x"\n' },
  });
});
