import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { STANDARD_PACKAGES, UUIDS } from "../../../../engine/packages/standard.ts";
import { STDLIB_UUIDS } from "../../../../engine/packages/stdlib.ts";
import { choicesOf, projectTomlOf } from "../../../../engine/resolver/project-request.ts";

test("knows packages that are served, standard libraries, and packages among the files", () => {
  const text = projectTomlOf(
    {
      ...{ name: "Web", deps: ["Paper", "Greetings", "Dates"], tables: '[compat]\nGreetings = "1"' },
      files: { "libs/Paper/Project.toml": 'name = "Paper"\nuuid = "0d4f2b5e-7a31-4c8e-9b16-3f5a7c9e1d20"\n' },
    },
    STANDARD_PACKAGES,
  );
  expect(parse(text)).toEqual({
    name: "Web",
    deps: {
      Dates: STDLIB_UUIDS.Dates,
      Greetings: UUIDS.Greetings,
      Paper: "0d4f2b5e-7a31-4c8e-9b16-3f5a7c9e1d20",
    },
    compat: { Greetings: "1" },
  });
  expect(() => projectTomlOf({ deps: ["Nobody"] }, STANDARD_PACKAGES)).toThrow("there is no package Nobody");
});

test("leaves Pkg no choice where a version is pinned", () => {
  const versions = choicesOf({ pins: { Colours: "1.0.0" } }, STANDARD_PACKAGES)
    .filter(({ name }) => name === "Colours" || name === "Greetings")
    .map(({ name, version }) => `${name} ${version}`);
  expect(versions).toEqual(["Colours 1.0.0", "Greetings 1.0.0", "Greetings 1.1.0"]);
});
