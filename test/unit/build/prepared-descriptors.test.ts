import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type * as Library from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { build, type Plugin } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { preparedDescriptors } from "../../../build/prepared-descriptors.ts";
import type * as Gen from "../../../src/buildkit/gen/ops_pb.ts";

/** What a module of src/buildkit/gen exports, and what of the library is used with it. */
type Bundle = Readonly<Record<string, unknown>>;

const generated = fileURLToPath(new URL("../../../src/buildkit/gen/", import.meta.url));
const modules = readdirSync(generated).filter((name) => name.endsWith("_pb.ts"));
const text = [
  ...modules.map((name) => `export * from "./${name}";`),
  'export { AnySchema } from "@bufbuild/protobuf/wkt";',
  'export { create, fromBinary, toBinary, toJson } from "@bufbuild/protobuf";',
].join("\n");

async function bundle(plugins: readonly Plugin[]): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: generated },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [...plugins],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

const owned = ["fields", "oneofs", "values", "methods", "nestedMessages", "nestedEnums"];

/** A descriptor with those in it that belong to it, and the others by their names. */
function contentOf(descriptor: object): unknown {
  const entries = Object.entries(descriptor).filter(([key, value]) => key !== "proto" && value !== undefined);
  const contents = entries.map(([key, value]) => [
    key,
    owned.includes(key) ? value.map(contentOf) : namesIn(value),
  ]);
  return { ...Object.fromEntries(contents), text: String(descriptor) };
}

function namesIn(value: unknown): unknown {
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(namesIn);
  return Object.getPrototypeOf(value) === Object.prototype && !("kind" in value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, namesIn(each)]))
    : `${"kind" in value && value.kind} ${"name" in value && value.name}`;
}

describe("descriptors that are read while the bundle is made", () => {
  let library: Bundle;
  let prepared: Bundle;

  beforeAll(async () => {
    library = await bundle([]);
    prepared = await bundle([preparedDescriptors]);
  });

  it("has every export", () => {
    expect(Object.keys(prepared)).toEqual(Object.keys(library));
    expect(Object.keys(prepared).length).toBeGreaterThan(60);
  });

  it("has the same descriptors", () => {
    const names = Object.keys(library).filter((name) => /(?:Schema|LLBBridge)$/.test(name));
    for (const name of names) {
      expect(contentOf(Object(prepared[name])), name).toEqual(contentOf(Object(library[name])));
    }
    expect(names.length).toBeGreaterThan(60);
  });

  it("writes and reads the same messages", () => {
    const op = { inputs: [{ digest: "sha256:1", index: 1n }], op: { case: "source", value: source } };
    expect(roundTrip(prepared, op)).toEqual(roundTrip(library, op));
    expect(roundTrip(prepared, op).json).toMatchObject({ source });
  });
});

const source = { identifier: "local://context", attrs: { "local.session": "a" } };

function roundTrip(bundle: Bundle, op: object) {
  const { create, fromBinary, toBinary, toJson, OpSchema } = bundle as unknown as typeof Library & typeof Gen;
  const bytes = toBinary(OpSchema, create(OpSchema, op as MessageInitShape<typeof OpSchema>));
  return { bytes, json: toJson(OpSchema, fromBinary(OpSchema, bytes)) };
}
