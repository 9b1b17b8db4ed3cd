import { describe, expect, it } from "vitest";
import { followLinks } from "../../../src/engine/follow-links.ts";
import { memoryContext, type Tree } from "./memory-context.ts";

async function follow(tree: Tree, path: string) {
  const { list } = await memoryContext(tree).open([]);
  return followLinks(path, list);
}

describe("a path in the build context", () => {
  const tree: Tree = {
    "Project.toml": "",
    "env/Manifest.toml": "12",
    "Manifest.toml": { link: "env/Manifest.toml" },
    "Other.toml": { link: "./Manifest.toml" },
    current: { link: "releases/2" },
    "releases/2": { link: "1" },
    "releases/1/Project.toml": "",
    "releases/1/Manifest.toml": { link: "../../Manifest.toml" },
    home: { link: "/home/user" },
    above: { link: "../Lib" },
    "deep/down/above": { link: "../../../Lib" },
    circle: { link: "circle" },
    nowhere: { link: "missing" },
  };
  const cases: readonly (readonly [string, object])[] = [
    ["Project.toml", { kind: "file", path: "Project.toml", size: 0, links: [] }],
    ["./env/../Project.toml", { kind: "file", path: "Project.toml", size: 0, links: [] }],
    ["env", { kind: "folder", path: "env" }],
    [".", { kind: "folder", path: "." }],
    ["Manifest.toml", { kind: "file", path: "env/Manifest.toml", size: 2, links: ["Manifest.toml"] }],
    [
      "Other.toml",
      { kind: "file", path: "env/Manifest.toml", size: 2, links: ["Other.toml", "Manifest.toml"] },
    ],
    ["current", { kind: "folder", path: "releases/1" }],
    [
      "current/Manifest.toml",
      {
        kind: "file",
        path: "env/Manifest.toml",
        size: 2,
        links: ["current", "releases/2", "releases/1/Manifest.toml", "Manifest.toml"],
      },
    ],
    ["missing", { kind: "absent" }],
    ["Project.toml/x", { kind: "absent" }],
    ["nowhere", { kind: "absent" }],
    ["circle", { kind: "absent" }],
    ["home/x", { kind: "outside", link: "home", target: "/home/user" }],
    ["above", { kind: "outside", link: "above", target: "../Lib" }],
    ["deep/down/above/src", { kind: "outside", link: "deep/down/above", target: "../../../Lib" }],
  ];

  it.each(cases)("%s leads to %j", async (path, expected) => {
    expect(await follow(tree, path)).toEqual(expected);
  });
});
