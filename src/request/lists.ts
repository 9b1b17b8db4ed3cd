/** The parts of `a,b,c`; none of an empty text. */
export function listOf(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : text.split(",").map((part) => part.trim());
}
