/**
 * The candidate nearest to a misspelt word, or `undefined` if none is near enough to be what was meant.
 *
 * Near is at most two edits, and never more than a third of the word: `cpu-targte` finds `cpu-target`, `x` finds nothing.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const lowerCase = word.toLowerCase();
  const limit = Math.min(2, Math.floor(word.length / 3) + (word.length === 2 ? 1 : 0));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(lowerCase, candidate.toLowerCase(), limit);
    if (distance <= limit && (best === undefined || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** Ready for a diagnostic's `suggestion`: ``did you mean `depot`?``. */
export function didYouMeanText(word: string, candidates: Iterable<string>): string | undefined {
  const candidate = didYouMean(word, candidates);
  return candidate === undefined ? undefined : `did you mean \`${candidate}\`?`;
}

/**
 * Edits (insert, delete, replace, swap of neighbours) between two words: the optimal string alignment distance.
 * Words whose lengths differ by more than `limit` are not compared; `limit + 1` stands for "too far".
 */
export function editDistance(left: string, right: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(left.length - right.length) > limit) {
    return limit + 1;
  }
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1]
      ) {
        cost = Math.min(cost, at(beforePrevious, column - 2) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
