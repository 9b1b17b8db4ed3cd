import type { Line, Span, Style } from "./screen.ts";

/** The colours of a terminal by their number: eight, and the same brighter. On the background they are read with ease. */
const palette = [
  ...["#6e7681", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"],
  ...["#8b949e", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc"],
];
const foreground = "#e6edf3";
const background = "#161b22";
const frame = "#3d444d";

/** In pixels. A character of most fixed fonts is 0.6 times as wide as the font is high. */
const fontSize = 14;
const width = fontSize * 0.6;
const lineHeight = 20;
const padding = 16;

/**
 * Text in a terminal as an SVG that looks the same on a light page and on a dark one, since it has a background of its own.
 * Every piece of text has its width written to it: columns stay where they are in whatever font the reader has.
 *
 * @param title what a person hears who does not see
 */
export function terminalSvg(lines: readonly Line[], columns: number, title: string): string {
  const size = {
    width: Math.ceil(columns * width + 2 * padding),
    height: lines.length * lineHeight + 2 * padding,
  };
  const texts = lines.flatMap((line, row) => line.flatMap((span) => textElement(span, row)));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${size.width - 1}" height="${size.height - 1}" rx="8" fill="${background}" stroke="${frame}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace" font-size="${fontSize}" fill="${foreground}">`,
    ...texts,
    "</g>",
    "</svg>",
  ].join("\n")}\n`;
}

/** Blanks between words are places, not characters: what a viewer does with several in a row differs. */
function textElement({ column, text, style }: Span, row: number): readonly string[] {
  const y = padding + row * lineHeight + fontSize;
  return [...text.matchAll(/\S+(?: \S+)*/gu)].map(({ 0: words, index }) => {
    const x = round(padding + (column + index) * width);
    const length = round([...words].length * width);
    return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${attributes(style)}>${escapeXml(words)}</text>`;
  });
}

function attributes({ colour, bold, dim }: Style): string {
  return [
    colour === undefined ? "" : ` fill="${palette[colour]}"`,
    bold === true ? ' font-weight="bold"' : "",
    dim === true ? ' opacity="0.6"' : "",
  ].join("");
}

function round(pixels: number): string {
  return String(Number(pixels.toFixed(2)));
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
