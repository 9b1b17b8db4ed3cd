import type { DescField, DescMessage, Message, MessageShape } from "@bufbuild/protobuf";
import { isFieldSet, ScalarType } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { compareBytes } from "./byte-order.ts";

type MapField = Extract<DescField, { fieldKind: "map" }>;
type ListField = Extract<DescField, { fieldKind: "list" }>;
/** What a value's encoding depends on; a scalar, an enum or a message, alone or in a list or map. */
interface ValueType {
  readonly scalar?: ScalarType | undefined;
  readonly message?: DescMessage | undefined;
}

const fieldOrders = new WeakMap<DescMessage, readonly DescField[]>();

/**
 * Encodes a message as Go's protobuf library does with `Deterministic: true`: fields by number, then the
 * members of oneofs, map entries by the bytes of their keys. BuildKit re-encodes every operation that way
 * and takes the SHA-256 as its identity (solver/llbsolver/vertex.go, recomputeDigests).
 */
export function encodeDeterministically<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
): Uint8Array {
  const writer = new BinaryWriter();
  writeMessage(writer, schema, message);
  return writer.finish();
}

function writeMessage(writer: BinaryWriter, schema: DescMessage, message: Message): void {
  for (const field of fieldsInOrder(schema)) {
    if (isFieldSet(message, field)) writeField(writer, field, fieldValue(message, field));
  }
  for (const unknown of message.$unknown ?? []) writer.tag(unknown.no, unknown.wireType).raw(unknown.data);
}

function fieldsInOrder(schema: DescMessage): readonly DescField[] {
  let order = fieldOrders.get(schema);
  if (order === undefined) {
    const rank = (field: DescField) => (field.oneof === undefined ? 0 : 1);
    order = schema.fields.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number);
    fieldOrders.set(schema, order);
  }
  return order;
}

function fieldValue(message: Message, field: DescField): unknown {
  const properties = message as unknown as Record<string, unknown>;
  if (field.oneof === undefined) return properties[field.localName];
  return (properties[field.oneof.localName] as { value: unknown }).value;
}

function writeField(writer: BinaryWriter, field: DescField, value: unknown): void {
  if (field.fieldKind === "map") writeMap(writer, field, value as Record<string, unknown>);
  else if (field.fieldKind === "list") writeList(writer, field, value as readonly unknown[]);
  else writeTagged(writer, field.number, field, value);
}

function writeMap(writer: BinaryWriter, field: MapField, entries: Record<string, unknown>): void {
  if (field.mapKey !== ScalarType.STRING) throw new Error(`${field} has keys that are not strings`);
  for (const key of Object.keys(entries).sort(compareBytes)) {
    writer.tag(field.number, WireType.LengthDelimited).fork();
    // An entry has both members, even where they are empty.
    writer.tag(1, WireType.LengthDelimited).string(key);
    writeTagged(writer, 2, field, entries[key]);
    writer.join();
  }
}

function writeList(writer: BinaryWriter, field: ListField, values: readonly unknown[]): void {
  if (!field.packed) {
    for (const value of values) writeTagged(writer, field.number, field, value);
    return;
  }
  writer.tag(field.number, WireType.LengthDelimited).fork();
  for (const value of values) writeScalar(writer, field.scalar ?? ScalarType.INT32, value);
  writer.join();
}

function writeTagged(writer: BinaryWriter, number: number, type: ValueType, value: unknown): void {
  if (type.message !== undefined) {
    writer.tag(number, WireType.LengthDelimited).fork();
    writeMessage(writer, type.message, value as Message);
    writer.join();
    return;
  }
  const scalar = type.scalar ?? ScalarType.INT32; // enums are written as int32
  const delimited = scalar === ScalarType.STRING || scalar === ScalarType.BYTES;
  writer.tag(number, delimited ? WireType.LengthDelimited : WireType.Varint);
  writeScalar(writer, scalar, value);
}

function writeScalar(writer: BinaryWriter, scalar: ScalarType, value: unknown): void {
  switch (scalar) {
    case ScalarType.STRING:
      writer.string(value as string);
      break;
    case ScalarType.BYTES:
      writer.bytes(value as Uint8Array);
      break;
    case ScalarType.BOOL:
      writer.bool(value as boolean);
      break;
    case ScalarType.INT32:
      writer.int32(value as number);
      break;
    case ScalarType.UINT32:
      writer.uint32(value as number);
      break;
    case ScalarType.INT64:
      writer.int64(value as bigint);
      break;
    case ScalarType.UINT64:
      writer.uint64(value as bigint);
      break;
    default:
      throw new Error(`no LLB message has a scalar of type ${ScalarType[scalar]}`);
  }
}
