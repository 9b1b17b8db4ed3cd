import { create } from "@bufbuild/protobuf";
import type { Definition, Locations, Source, SourceInfo } from "../gen/ops_pb.ts";
import {
  LocationSchema,
  LocationsSchema,
  RangeSchema,
  SourceInfoSchema,
  SourceSchema,
} from "../gen/ops_pb.ts";

/** A text that vertices come from. */
export interface MappedFile {
  readonly filename: string;
  readonly data: Uint8Array;
  /** The name that GitHub's Linguist has for the language. */
  readonly language?: string | undefined;
  /** The graph that loads the file. */
  readonly definition?: Definition | undefined;
}

/** Lines count from 1, characters from 0. */
export interface SourcePosition {
  readonly line: number;
  readonly character?: number | undefined;
}

export interface SourceRange {
  readonly start: SourcePosition;
  readonly end: SourcePosition;
}

export interface SourceLocation {
  readonly file: MappedFile;
  readonly ranges: readonly SourceRange[];
}

/** The locations of one vertex. */
export interface LocatedVertex {
  readonly digest: string;
  readonly locations: readonly SourceLocation[];
}

/** Source map of a definition. Files that are equal are written once. */
export function sourceMessage(vertices: readonly LocatedVertex[]): Source {
  const files: MappedFile[] = [];
  const known = new Map<MappedFile, number>();
  const indexOf = (file: MappedFile): number => {
    let index = known.get(file) ?? files.findIndex((other) => sameFile(other, file));
    if (index === -1) index = files.push(file) - 1;
    known.set(file, index);
    return index;
  };
  const byDigest = new Map<string, Locations>();
  for (const { digest, locations } of vertices) {
    const entry = byDigest.get(digest) ?? create(LocationsSchema);
    for (const { file, ranges } of locations) {
      entry.locations.push(
        create(LocationSchema, { sourceIndex: indexOf(file), ranges: ranges.map(rangeMessage) }),
      );
    }
    byDigest.set(digest, entry);
  }
  return create(SourceSchema, {
    locations: Object.fromEntries(byDigest),
    infos: files.map(sourceInfoMessage),
  });
}

export function sourceInfoMessage(file: MappedFile): SourceInfo {
  return create(SourceInfoSchema, {
    filename: file.filename,
    data: file.data,
    language: file.language ?? "",
    ...(file.definition === undefined ? {} : { definition: file.definition }),
  });
}

export function rangeMessage({ start, end }: SourceRange) {
  return create(RangeSchema, {
    start: { line: start.line, character: start.character ?? 0 },
    end: { line: end.line, character: end.character ?? 0 },
  });
}

function sameFile(left: MappedFile, right: MappedFile): boolean {
  return (
    left.filename === right.filename &&
    (left.language ?? "") === (right.language ?? "") &&
    Buffer.compare(left.data, right.data) === 0 &&
    sameResult(left.definition, right.definition)
  );
}

/** Go compares two definitions by their last operation, and an absent one as equal to any. */
function sameResult(left: Definition | undefined, right: Definition | undefined): boolean {
  const [leftLast, rightLast] = [left?.def.at(-1), right?.def.at(-1)];
  return leftLast === undefined || rightLast === undefined || Buffer.compare(leftLast, rightLast) === 0;
}
