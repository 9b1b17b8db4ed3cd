import type { CacheImport } from "../buildkit/gateway/index.ts";
import { listOf, type OptionProblem } from "./option.ts";

/**
 * Reads `cache-imports`, the JSON that BuildKit's clients write (client/solve.go, CacheOptionsEntry), or of older ones
 * `cache-from`, names of images with commas between.
 */
export function readCacheImports(options: ReadonlyMap<string, string>): {
  readonly imports: readonly CacheImport[];
  readonly problems: readonly OptionProblem[];
} {
  const json = options.get("cache-imports");
  if (json === undefined || json === "") {
    const images = listOf(options.get("cache-from"));
    return { imports: images.map((ref) => ({ type: "registry", attributes: { ref } })), problems: [] };
  }
  const entries = parseJson(json);
  const imports = Array.isArray(entries) ? entries.map(readEntry) : [undefined];
  const valid = imports.filter((entry) => entry !== undefined);
  return valid.length === imports.length
    ? { imports: valid, problems: [] }
    : {
        imports: [],
        problems: [{ option: "cache-imports", message: "cache-imports is not a list of caches in JSON" }],
      };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readEntry(entry: unknown): CacheImport | undefined {
  if (!isRecord(entry) || typeof entry.Type !== "string") {
    return undefined;
  }
  const attributes = entry.Attrs ?? {};
  return isRecord(attributes) && isTexts(attributes) ? { type: entry.Type, attributes } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(record: Readonly<Record<string, unknown>>): record is Readonly<Record<string, string>> {
  return Object.values(record).every((value) => typeof value === "string");
}
