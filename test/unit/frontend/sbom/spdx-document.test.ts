import { expect, it } from "vitest";
import type { DepotRecord } from "../../../../src/frontend/sbom/depot-record.ts";
import { spdxDocument } from "../../../../src/frontend/sbom/spdx-document.ts";

const hash = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc";
const record: DepotRecord = {
  julia: "1.11.2",
  packages: [
    {
      name: "Lib_jll",
      uuid: "7876af07-990d-54b4-ab0e-23690620f79a",
      version: "1.2.3+0",
      treeHash: hash,
      licence: "MIT",
      artifacts: ["a".repeat(40)],
    },
    {
      name: "Plain",
      uuid: "1876af07-990d-54b4-ab0e-23690620f79a",
      version: null,
      treeHash: hash,
      licence: null,
      artifacts: ["a".repeat(40)],
    },
  ],
};
const document = JSON.parse(spdxDocument(record, { name: "linux/amd64", created: new Date(1000) }));
const ids: readonly string[] = document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID);

it("has a component for Julia, each package and each artifact", () => {
  expect(ids).toEqual([
    "SPDXRef-Julia",
    "SPDXRef-Package-Lib-jll-7876af07-990d-54b4-ab0e-23690620f79a",
    "SPDXRef-Package-Plain-1876af07-990d-54b4-ab0e-23690620f79a",
    `SPDXRef-Artifact-${"a".repeat(40)}`,
  ]);
});

it("names a package by a package URL and by the hash of its content, with its licence if that is known", () => {
  const [, library, plain] = document.packages;
  expect(library.externalRefs).toEqual([
    {
      referenceCategory: "PACKAGE-MANAGER",
      referenceType: "purl",
      referenceLocator: "pkg:julia/Lib_jll@1.2.3%2B0?uuid=7876af07-990d-54b4-ab0e-23690620f79a",
    },
    { referenceCategory: "PERSISTENT-ID", referenceType: "swh", referenceLocator: `swh:1:dir:${hash}` },
  ]);
  expect([library.licenseDeclared, plain.licenseDeclared]).toEqual(["MIT", "NOASSERTION"]);
  expect(plain).not.toHaveProperty("versionInfo");
});

it("has the standard libraries that are there, where Julia is reduced, as parts of Julia", () => {
  const uuid = "ade2ca70-3891-5945-98fb-dc099432e06a";
  const reduced = {
    standardLibraries: [{ name: "Dates", uuid, version: "1.11.0" }],
    leftOut: ["Pkg"],
    libraries: ["sys.so"],
  };
  const { packages, relationships } = JSON.parse(
    spdxDocument(record, { name: "linux/amd64", created: new Date(1000), reduced }),
  );
  const [julia, dates] = packages;
  expect(julia.comment).toMatch(/sys\.so.*left out: Pkg/);
  expect(dates).toMatchObject({ name: "Dates", versionInfo: "1.11.0" });
  expect(relationships).toContainEqual({
    spdxElementId: julia.SPDXID,
    relatedSpdxElement: dates.SPDXID,
    relationshipType: "CONTAINS",
  });
});

it("relates only components that it has", () => {
  const ends = document.relationships.flatMap((each: Record<string, string>) => [
    each.spdxElementId,
    each.relatedSpdxElement,
  ]);
  expect(new Set(ends)).toEqual(new Set(["SPDXRef-DOCUMENT", ...ids]));
  expect(document.creationInfo.created).toBe("1970-01-01T00:00:01Z");
});
