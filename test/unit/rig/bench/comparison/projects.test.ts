import { parse } from "smol-toml";
import { expect, it } from "vitest";
import {
  changedAgain,
  generatedCatalogue,
  generatedFour,
  generatedProjects,
} from "../../../../../bench/comparison/projects.ts";
import type { Files } from "../../../../engine/resolver/project-request.ts";

type Manifest = Readonly<
  Record<
    string,
    readonly { readonly uuid: string; readonly version: string; readonly "git-tree-sha1": string }[]
  >
>;

const manifestOf = (files: Files = {}): Manifest =>
  parse(files["Manifest.toml"] ?? "") as unknown as Manifest;
const versions = (files?: Files) =>
  Object.entries(manifestOf(files)).map(([name, [entry]]) => `${name} ${entry?.version}`);

it.each(generatedProjects())("changes one package of $name at a time", (project) => {
  const [cold, added, updated] = [project.cold, project.dependencyAdded, project.dependencyUpdated].map(
    versions,
  );
  expect(added?.filter((each) => !cold?.includes(each))).toHaveLength(1);
  expect(updated).toHaveLength(added?.length ?? 0);
  expect(updated?.filter((each) => !added?.includes(each))).toHaveLength(1);
});

it("has all that the projects need on the Pkg server", () => {
  const served = new Set(generatedCatalogue().map(({ uuid, treeHash }) => `${uuid} ${treeHash}`));
  const variants = [...generatedProjects(), ...generatedFour()].flatMap((project) => [
    ...[project.cold, project.dependencyAdded, project.dependencyUpdated ?? {}],
  ]);
  const needed = variants.flatMap((files) => Object.values(manifestOf(files)).flat());
  expect(needed.filter((entry) => !served.has(`${entry.uuid} ${entry["git-tree-sha1"]}`))).toEqual([]);
});

it("a source that is changed again and again differs each time, and stays the same Julia", () => {
  const files = { "src/A.jl": "module A end\n" };
  expect(changedAgain(files, 0)).toEqual(files);
  const texts = [1, 2].map((times) => changedAgain(files, times)["src/A.jl"]);
  expect(texts).toEqual([1, 2].map((times) => `${"# Another line more.\n".repeat(times)}module A end\n`));
});
