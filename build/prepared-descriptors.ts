import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type {
  DescEnum,
  DescExtension,
  DescField,
  DescFile,
  DescMessage,
  DescService,
} from "@bufbuild/protobuf";
import { build, type Plugin } from "esbuild";

const generated = new URL("../src/buildkit/gen/", import.meta.url);

/**
 * An esbuild plugin that reads the descriptors of src/buildkit/gen while the bundle is made. A generated file has them as a binary
 * FileDescriptorProto, and @bufbuild/protobuf reads those at every start, the one that describes descriptors first: 11 of
 * the 80 ms to the first Solve (`npm run bench:start` with node 24). The library's functions stay as they are; only where it
 * hydrates a file (codegenv2/file.js) hydrate.js makes the same descriptors of plain data.
 */
export const preparedDescriptors: Plugin = {
  name: "prepared-descriptors",
  setup(context) {
    context.onLoad({ filter: /@bufbuild\/protobuf\/dist\/esm\/codegenv2\/file\.js$/ }, async () => {
      const files = (await generatedFiles()).map(fileData);
      const hydrate = await readFile(new URL("hydrate.js", import.meta.url), "utf8");
      // V8 reads a string of JSON faster than the same as a program.
      const text = JSON.stringify(JSON.stringify(files));
      return { contents: `const files = JSON.parse(${text});\n${hydrate}`, loader: "js" };
    });
  },
};

/** Descriptors of the files in src/buildkit/gen and of those they import, each after the ones it needs. */
async function generatedFiles(): Promise<readonly DescFile[]> {
  const names = (await readdir(generated)).filter((name) => name.endsWith("_pb.ts"));
  const imports = names.map((name, index) => `import * as file${index} from "./${name}";`);
  const list = names.map((_, index) => `file${index}`).join(", ");
  const contents = `${imports.join("\n")}\nexport default [${list}];`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(generated) },
    bundle: true,
    format: "esm",
    write: false,
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  const { default: modules } = await import(`data:text/javascript;base64,${text}`);
  const ordered = new Set<DescFile>();
  const add = (file: DescFile): void => {
    file.dependencies.forEach(add);
    ordered.add(file);
  };
  const exported: readonly { readonly kind?: string }[] = modules.flatMap(Object.values);
  for (const value of exported) if (value.kind === "file") add(value as DescFile);
  return [...ordered];
}

function fileData({ proto, name, edition, messages, enums, services, extensions }: DescFile) {
  refuseExtensions(extensions);
  return {
    // What a generated file is recognised by; `name` lacks the ending.
    name: proto.name,
    data: { name, edition },
    messages: messages.map(messageData),
    enums: enums.map(enumData),
    services: services.map(serviceData),
  };
}

interface MessageData {
  readonly data: PlainData;
  readonly fields: readonly ReturnType<typeof fieldData>[];
  readonly oneofs: readonly PlainData[];
  /** Fields outside of oneofs, and oneofs, by their kind and name. */
  readonly members: readonly (readonly [kind: string, name: string])[];
  readonly messages: readonly MessageData[];
  readonly enums: readonly ReturnType<typeof enumData>[];
}

function messageData(message: DescMessage): MessageData {
  refuseExtensions(message.nestedExtensions);
  return {
    data: plain(message),
    fields: message.fields.map(fieldData),
    oneofs: message.oneofs.map(plain),
    members: message.members.map(({ kind, localName }) => [kind, localName]),
    messages: message.nestedMessages.map(messageData),
    enums: message.nestedEnums.map(enumData),
  };
}

function fieldData(field: DescField) {
  return {
    data: plain(field),
    message: field.message?.typeName,
    enum: field.enum?.typeName,
    oneof: field.oneof?.localName,
  };
}

function enumData(description: DescEnum) {
  return { data: plain(description), values: description.values.map(plain) };
}

function serviceData(service: DescService) {
  const methods = service.methods.map((method) => ({
    data: plain(method),
    input: method.input.typeName,
    output: method.output.typeName,
  }));
  return { data: plain(service), methods };
}

function refuseExtensions([extension]: readonly DescExtension[]): void {
  if (extension !== undefined) throw new Error(`${extension}: hydrate.js knows no extensions`);
}

type PlainData = Readonly<Record<string, unknown>>;

/** The properties that are no descriptors and no functions. */
function plain(description: object): PlainData {
  const isPlain = ([, value]: [string, unknown]) => ["string", "number", "boolean"].includes(typeof value);
  return Object.fromEntries(Object.entries(description).filter(isPlain));
}
