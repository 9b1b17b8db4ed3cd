const longestQuote = 60;

/** A piece of the person's text inside a message: in backticks, one line, no control characters, not too long. */
export function quote(text: string): string {
  const characters = [...printable(text)];
  const shown =
    characters.length > longestQuote ? [...characters.slice(0, longestQuote - 1), "…"] : characters;
  return `\`${shown.join("")}\``;
}

/**
 * Replaces what could move the cursor of a terminal or hide text: control characters (tabs stay) and the Unicode
 * controls of writing direction.
 */
export function printable(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

/** A list in a sentence: `a`, `b` and `c`. */
export function listed(words: readonly string[], conjunction = "and"): string {
  if (words.length < 2) {
    return words.join("");
  }
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}
