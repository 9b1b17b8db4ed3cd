// Takes the place of @bufbuild/protobuf's codegenv2/file.js in the bundle; prepared-descriptors.ts puts `files` before it.
// What a descriptor is made of is said by the library's types, DescFile and those below it.

const messages = new Map();
const enums = new Map();
const hydrated = new Map();

/** As the library's own, but for the files that the bundle was made with. */
export function fileDesc(base64) {
  const file = hydrated.get(nameOf(base64));
  if (file === undefined) throw new Error("the descriptor of a file is not in the bundle");
  return file;
}

/** The first field of a FileDescriptorProto is its name, with its length in one byte before it. */
function nameOf(base64) {
  const start = atob(base64.slice(0, 172));
  return start.slice(2, 2 + start.charCodeAt(1));
}

for (const file of files) {
  const description = { kind: "file", ...file.data, messages: [], enums: [], services: [] };
  description.enums = file.enums.map((each) => newEnum(each, description, undefined));
  description.messages = file.messages.map((each) => newMessage(each, description, undefined));
  file.messages.forEach(addMembers);
  description.services = file.services.map((each) => newService(each, description));
  hydrated.set(file.name, description);
}

function newMessage({ data, messages: nested, enums: nestedEnums }, file, parent) {
  const message = {
    ...data,
    file,
    parent,
    fields: [],
    field: {},
    oneofs: [],
    members: [],
    nestedExtensions: [],
  };
  message.toString = () => `message ${data.typeName}`;
  message.nestedEnums = nestedEnums.map((each) => newEnum(each, file, message));
  message.nestedMessages = nested.map((each) => newMessage(each, file, message));
  messages.set(data.typeName, message);
  return message;
}

/** Once all messages of the file are there: its fields may be of any of them. */
function addMembers({ data, fields, oneofs, members, messages: nested }) {
  const parent = messages.get(data.typeName);
  parent.oneofs = oneofs.map((oneof) => ({
    ...oneof,
    parent,
    fields: [],
    toString: () => `oneof ${parent.typeName}.${oneof.name}`,
  }));
  parent.fields = fields.map((each) => newField(each, parent));
  for (const field of parent.fields) {
    parent.field[field.localName] = field;
    field.oneof?.fields.push(field);
  }
  parent.members = members.map(([kind, name]) =>
    kind === "oneof" ? parent.oneofs.find(({ localName }) => localName === name) : parent.field[name],
  );
  nested.forEach(addMembers);
}

function newField({ data, message, enum: enumeration, oneof }, parent) {
  const field = {
    scalar: undefined,
    listKind: undefined,
    mapKind: undefined,
    mapKey: undefined,
    delimitedEncoding: undefined,
    packed: undefined,
    ...data,
    parent,
    message: messages.get(message),
    enum: enums.get(enumeration),
    oneof: parent.oneofs.find(({ localName }) => localName === oneof),
    // proto3 has no other defaults than zero.
    getDefaultValue: data.fieldKind === "list" || data.fieldKind === "map" ? undefined : () => undefined,
  };
  field.toString = () => `field ${parent.typeName}.${data.name}`;
  return field;
}

function newEnum({ data, values }, file, parent) {
  const enumeration = { ...data, file, parent, value: {}, toString: () => `enum ${data.typeName}` };
  enumeration.values = values.map((value) => ({
    ...value,
    parent: enumeration,
    toString: () => `enum value ${data.typeName}.${value.name}`,
  }));
  for (const value of enumeration.values) enumeration.value[value.number] ??= value;
  enums.set(data.typeName, enumeration);
  return enumeration;
}

function newService({ data, methods }, file) {
  const service = { ...data, file, method: {}, toString: () => `service ${data.typeName}` };
  service.methods = methods.map((method) => ({
    ...method.data,
    parent: service,
    input: messages.get(method.input),
    output: messages.get(method.output),
    toString: () => `rpc ${data.typeName}.${method.data.name}`,
  }));
  for (const method of service.methods) service.method[method.localName] = method;
  return service;
}
