import { createHash } from "node:crypto";
import { version } from "../../text/product.ts";
import type { DepotRecord, RecordedPackage } from "./depot-record.ts";
import type { ReducedRecord, StandardLibrary } from "./reduced-record.ts";

export interface SpdxOptions {
  /** What the document describes: `os/architecture` and the like. */
  readonly name: string;
  readonly created: Date;
  /** What of Julia is there; absent if all of it is. */
  readonly reduced?: ReducedRecord | undefined;
}

/** The type of an attestation whose content is an SPDX document (https://github.com/in-toto/attestation, predicates). */
export const spdxPredicate = "https://spdx.dev/Document";

/** A depot as an SPDX 2.3 document in JSON (https://spdx.github.io/spdx-spec/v2.3/). */
export function spdxDocument(record: DepotRecord, { name, created, reduced }: SpdxOptions): string {
  const julia = component("SPDXRef-Julia", "julia", {
    versionInfo: record.julia,
    primaryPackagePurpose: "APPLICATION",
    externalRefs: [purl(`pkg:generic/julia@${encodeURIComponent(record.julia)}`)],
    ...(reduced === undefined ? {} : { comment: whatIsThere(reduced) }),
  });
  const standardLibraries = reduced?.standardLibraries ?? [];
  const artifacts = [...new Set(record.packages.flatMap((each) => each.artifacts))].sort();
  const describes = (id: string) => relationship("SPDXRef-DOCUMENT", "DESCRIBES", id);
  return JSON.stringify({
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name,
    documentNamespace: `urn:sha256:${digestOf({ record, name, created, reduced })}`,
    creationInfo: {
      created: created.toISOString().replace(/\.\d+Z$/, "Z"),
      creators: [`Tool: julia-buildkit-frontend-${version}`],
    },
    packages: [
      julia,
      ...standardLibraries.map(standardLibraryComponent),
      ...record.packages.map(packageComponent),
      ...artifacts.map(artifactComponent),
    ],
    relationships: [
      describes(julia.SPDXID),
      ...standardLibraries.map((each) => relationship(julia.SPDXID, "CONTAINS", standardLibraryId(each))),
      ...record.packages.map((each) => describes(packageId(each))),
      ...record.packages.flatMap((each) =>
        each.artifacts.map((hash) => relationship(packageId(each), "DEPENDS_ON", artifactId(hash))),
      ),
    ],
  });
}

/** SPDX has no member for parts of a program that are absent. */
function whatIsThere({ leftOut, libraries }: ReducedRecord): string {
  return `A part of Julia, with the files ${libraries.join(", ")}. Standard libraries that are left out: ${leftOut.join(", ")}.`;
}

function standardLibraryComponent(each: StandardLibrary) {
  const { name, uuid, version: ofLibrary } = each;
  const at = ofLibrary === null ? "" : `@${encodeURIComponent(ofLibrary)}`;
  return component(standardLibraryId(each), name, {
    ...(ofLibrary === null ? {} : { versionInfo: ofLibrary }),
    primaryPackagePurpose: "LIBRARY",
    externalRefs: [purl(`pkg:julia/${encodeURIComponent(name)}${at}?uuid=${uuid}`)],
  });
}

function packageComponent(each: RecordedPackage) {
  const { name, uuid, version: installed, treeHash, licence } = each;
  const at = installed === null ? "" : `@${encodeURIComponent(installed)}`;
  return component(packageId(each), name, {
    ...(installed === null ? {} : { versionInfo: installed }),
    ...(licence === null ? {} : { licenseDeclared: licence }),
    primaryPackagePurpose: "LIBRARY",
    externalRefs: [purl(`pkg:julia/${encodeURIComponent(name)}${at}?uuid=${uuid}`), gitTree(treeHash)],
  });
}

function artifactComponent(hash: string) {
  const externalRefs = [gitTree(hash)];
  return component(artifactId(hash), `artifact ${hash}`, { primaryPackagePurpose: "ARCHIVE", externalRefs });
}

const unknown = "NOASSERTION";

function component<Fields extends object>(id: string, name: string, fields: Fields) {
  return {
    SPDXID: id,
    name,
    downloadLocation: unknown,
    filesAnalyzed: false,
    licenseConcluded: unknown,
    licenseDeclared: unknown,
    copyrightText: unknown,
    ...fields,
  };
}

function purl(locator: string) {
  return { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: locator };
}

/** Software Heritage names a folder by the SHA-1 of its git tree, as Pkg does (https://docs.softwareheritage.org, SWHIDs). */
function gitTree(hash: string) {
  return { referenceCategory: "PERSISTENT-ID", referenceType: "swh", referenceLocator: `swh:1:dir:${hash}` };
}

function relationship(from: string, type: string, to: string) {
  return { spdxElementId: from, relationshipType: type, relatedSpdxElement: to };
}

/** Identifiers hold letters, digits, dots and hyphens only. */
function packageId({ name, uuid }: RecordedPackage): string {
  return `SPDXRef-Package-${name.replace(/[^A-Za-z0-9.-]/g, "-")}-${uuid}`;
}

/** Not that of a package: a project may have a newer version of a standard library beside Julia's own. */
function standardLibraryId({ name, uuid }: StandardLibrary): string {
  return `SPDXRef-StandardLibrary-${name.replace(/[^A-Za-z0-9.-]/g, "-")}-${uuid}`;
}

function artifactId(hash: string): string {
  return `SPDXRef-Artifact-${hash}`;
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
