import type { Import } from "./imports.ts";
import { drawRooms, rooms } from "./rooms.ts";

const start =
  "<!-- Written by `npm run generate` from the imports in src and the table in test/tools/rooms.ts. -->";
const end = "<!-- The end of what is written. -->";

/** The page on the architecture with its picture and table as the source has them now; the rest of the page is kept. */
export function architecturePage(page: string, imports: readonly Import[]): string {
  const [before = "", rest = ""] = page.split(start, 2);
  const [, after = ""] = rest.split(end, 2);
  return `${before}${start}\n\n\`\`\`mermaid\n${drawRooms(imports)}\n\`\`\`\n\n${table()}\n\n${end}${after}`;
}

function table(): string {
  const rows = rooms.map(({ name, holds, mayKnow, mayKnowTypesOf = [] }) => {
    const known = [...mayKnow.map(code), ...mayKnowTypesOf.map((room) => `types of ${code(room)}`)];
    return `| \`${name}\` | ${holds} | ${known.join(", ") || "none"} |`;
  });
  return ["| Room | What is in it | What it may know |", "| --- | --- | --- |", ...rows].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
