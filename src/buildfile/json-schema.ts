import { keyPage, referencePage, schemaUrl } from "../text/product.ts";
import type { Format } from "./formats.ts";
import type { Key, KeyType, Member } from "./key.ts";
import { keys } from "./keys.ts";
import { sectionDocs } from "./sections.ts";

/** The members of JSON Schema (draft 7) that we write. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: "object" | "string" | "integer" | "boolean" | "array";
  readonly properties?: Readonly<Record<string, JsonSchema | true>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly string[];
}

/**
 * The spec as a JSON Schema of draft 7, the newest that editors for TOML understand. It says what the table of keys
 * says; checks across keys are the rules' (`rules/`). It keeps to what SchemaStore asks of a schema
 * (https://github.com/SchemaStore/schemastore/blob/master/CONTRIBUTING.md): ajv's strict mode finds nothing, and the
 * descriptions of keys end with the address of a page.
 */
export function specSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: schemaUrl,
    title: "Julia image",
    description: `An image for a Julia project, built by BuildKit.\n${referencePage}`,
    ...objectOf(keys, ""),
    ...atLeastOne(["julia", "base"]),
  };
}

/** The keys below a prefix (`""` or `"depot."`) as an object that allows no others. */
function objectOf(members: readonly Key[], prefix: string): JsonSchema {
  const names = [...new Set(members.map((key) => key.path.slice(prefix.length).split(".", 1)[0] ?? ""))];
  const properties = names.map((name) => {
    const key = members.find(({ path }) => path === prefix + name);
    const inner = members.filter(({ path }) => path.startsWith(`${prefix}${name}.`));
    return [name, key === undefined ? sectionSchema(name, inner) : topKeySchema(key)] as const;
  });
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

function sectionSchema(name: string, inner: readonly Key[]): JsonSchema {
  return { description: `${sectionDocs.get(name)}\n${referencePage}`, ...objectOf(inner, `${name}.`) };
}

/** A key that has a part of the reference to itself. */
function topKeySchema(key: Key): JsonSchema {
  const schema = keySchema(key);
  return { ...schema, description: `${schema.description}\n${keyPage(key.path)}` };
}

function keySchema(key: Member): JsonSchema {
  return {
    description: key.doc,
    ...typeSchema(key.type),
    ...(key.default === undefined ? {} : { default: key.default }),
  };
}

function typeSchema(type: KeyType): JsonSchema {
  switch (type.kind) {
    case "string":
      return type.integers === true
        ? { anyOf: [stringSchema(type.format), { type: "integer", minimum: 1 }] }
        : stringSchema(type.format);
    case "choice":
      return { anyOf: [{ type: "string", enum: type.choices }, substituted] };
    case "integer":
      return {
        anyOf: [{ type: "integer", minimum: type.minimum, maximum: type.maximum }, substituted],
      };
    case "boolean":
      return { anyOf: [{ type: "boolean" }, substituted] };
    case "list":
      return {
        type: "array",
        items: stringSchema(type.item),
        ...(type.notEmpty === true ? { minItems: 1 } : {}),
      };
    case "map":
      return {
        type: "object",
        propertyNames: { pattern: portable(type.name.pattern) },
        additionalProperties: type.substitute
          ? stringSchema(type.value)
          : { type: "string", pattern: portable(type.value.pattern) },
      };
    case "record":
      return recordSchema(type);
    case "records":
      return recordsSchema(type);
  }
}

function recordSchema({ members, anyOf }: Pick<RecordsType, "members" | "anyOf">): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(members.map((member) => [member.path, keySchema(member)])),
    additionalProperties: false,
    ...atLeastOne(anyOf),
  };
}

/**
 * At least one of these members is there. Each branch names its member as a property too, for ajv's strict mode
 * (https://ajv.js.org/strict-mode.html#defined-required-properties) does not look at those around it; with `true`, for
 * Taplo would offer the member a second time for a schema that is an object.
 */
function atLeastOne(members: readonly string[]): JsonSchema {
  return members.length === 1
    ? { required: members }
    : { anyOf: members.map((member) => ({ properties: { [member]: true }, required: [member] })) };
}

type RecordsType = Extract<KeyType, { kind: "records" }>;

function recordsSchema({ name, ...shape }: RecordsType): JsonSchema {
  const record = recordSchema(shape);
  return name === undefined
    ? { type: "array", items: record }
    : {
        type: "object",
        propertyNames: { pattern: portable(name.pattern) },
        additionalProperties: record,
      };
}

/** A string with an argument in it: what it will be is known in the build only. */
const substituted: JsonSchema = { type: "string", pattern: "\\$" };

function stringSchema({ pattern }: Format): JsonSchema {
  return { type: "string", pattern: `${portable(pattern)}|\\$` };
}

/** A `[` within a character class, which other dialects than JavaScript's take for a class in the class, escaped. */
function portable({ source }: RegExp): string {
  let inClass = false;
  return source.replace(/\\.|[[\]]/g, (token) => {
    const nested = inClass && token === "[";
    inClass = token === "[" || (inClass && token !== "]");
    return nested ? "\\[" : token;
  });
}
