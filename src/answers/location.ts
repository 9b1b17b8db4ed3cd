import type { Position, Span } from "../text/source-file.ts";

/** A place as Go's JSON writes BuildKit's `pb.Location`: zeros are left out. */
export function locationJson(spans: readonly Span[], sourceIndex = 0) {
  return {
    ...(sourceIndex === 0 ? {} : { sourceIndex }),
    ...(spans.length === 0
      ? {}
      : { ranges: spans.map(({ start, end }) => ({ start: positionJson(start), end: positionJson(end) })) }),
  };
}

function positionJson({ line, character }: Position) {
  return { line, ...(character === 0 ? {} : { character }) };
}
