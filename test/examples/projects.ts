import { uuidFor } from "../engine/packages/generated.ts";
import { type ProjectRequest, resolveProject } from "../engine/packages/manifest.ts";
import { definePackage, type PackageFixture } from "../engine/packages/package-fixture.ts";
import { STANDARD_PACKAGES } from "../engine/packages/standard.ts";

/** A package that neither General nor the Pkg server has. */
export const parcel: PackageFixture = definePackage({
  name: "Parcel",
  uuid: uuidFor("Parcel"),
  version: "1.0.0",
  body: 'label() = "Your parcel is here"',
});

const paper = { name: "Paper", uuid: uuidFor("Paper"), version: "0.1.0", deps: ["Greetings"] };

const hello = { name: "Hello", uuid: "c0a4f1d8-6b52-4e7d-9a83-2f5e1c7b9d40", version: "0.1.0" };
const requests: Readonly<Record<string, ProjectRequest>> = {
  hello: { ...hello, deps: ["Letterpress", "Ropewalk"] },
  script: { deps: ["Greetings"] },
  service: { deps: ["Greetings", "Sockets"] },
  "debian-packages": { deps: ["Sundial"] },
  arguments: { deps: ["Greetings"] },
  "no-manifest": { deps: ["Greetings", "Pkg"] },
  tuned: { deps: ["Tally"] },
  "private-packages": { deps: ["Greetings", "Parcel"] },
};

/** The files of each example's project, by path in `examples/`, as Pkg would write them for the packages of the tests. */
export function projectFiles(): ReadonlyMap<string, string> {
  const available = [...STANDARD_PACKAGES, parcel];
  const files = Object.entries(requests).flatMap(([example, request]) => {
    const { projectToml, manifestToml } = resolveProject(available, request);
    return [
      [`${example}/Project.toml`, projectToml] as const,
      ...(example === "no-manifest" ? [] : [[`${example}/Manifest.toml`, manifestToml] as const]),
    ];
  });
  return new Map([...files, ...monorepo()]);
}

/** services/web depends on libs/Paper, which depends on a registered package. */
function monorepo(): readonly (readonly [string, string])[] {
  const { projectToml, manifestToml } = resolveProject(STANDARD_PACKAGES, paper);
  const entry = `[[Paper]]\ndeps = ["Greetings"]\npath = "../../libs/Paper"\nuuid = "${paper.uuid}"\nversion = "0.1.0"\n`;
  const web = `name = "Web"\nuuid = "${uuidFor("Web")}"\nversion = "0.1.0"\n\n[deps]\nPaper = "${paper.uuid}"\n`;
  return [
    ["monorepo/libs/Paper/Project.toml", projectToml],
    ["monorepo/services/web/Project.toml", web],
    ["monorepo/services/web/Manifest.toml", `${manifestToml}\n${entry}`],
  ];
}
