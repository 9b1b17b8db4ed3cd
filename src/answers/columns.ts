/** Rows as lines with aligned columns, `gap` blanks between them; nothing trails. Ends with a line feed. */
export function columns(rows: readonly (readonly string[])[], gap = 3): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + gap))
      .join("")
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join("");
}
