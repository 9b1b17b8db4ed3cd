import type { Diagnostic } from "../text/diagnostic.ts";
import { didYouMeanText } from "../text/did-you-mean.ts";
import { listed, quote } from "../text/quote.ts";
import type { SourceFile, Span } from "../text/source-file.ts";
import type { Entry, Node, TableNode } from "../text/toml/document.ts";
import { checkValue, type Problem } from "./check-value.ts";
import { foreignKeys } from "./foreign-keys.ts";
import type { Key, KeyDefault, KeyType, Member } from "./key.ts";
import { findByName, findKey, findRenamed, isSection, namesIn } from "./keys.ts";
import type { RecordValues, Values } from "./values.ts";

/** Checks every key of a document against the table of keys. */
export function readValues(file: SourceFile, document: TableNode, args: ReadonlyMap<string, string>): Values {
  const reader = new ValueReader(file, args);
  for (const [name, entry] of document.entries) {
    reader.readTop(name, entry);
  }
  return reader;
}

class ValueReader implements Values {
  readonly scalars = new Map<string, KeyDefault>();
  readonly maps = new Map<string, Map<string, string>>();
  readonly records = new Map<string, readonly RecordValues[]>();
  readonly spans = new Map<string, Span>();
  readonly usedArgs = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: SourceFile;
  readonly #args: ReadonlyMap<string, string>;

  constructor(file: SourceFile, args: ReadonlyMap<string, string>) {
    this.#file = file;
    this.#args = args;
  }

  readTop(name: string, entry: Entry): void {
    const key = findKey(name);
    if (key !== undefined) {
      this.#readKey(key, entry);
    } else if (isSection(name)) {
      this.#readSection(name, entry);
    } else {
      this.#report(entry.key, unknownKey(name, undefined));
    }
  }

  #readSection(section: string, { value, span }: Entry): void {
    this.spans.set(section, span);
    if (value.kind !== "table") {
      this.#report(value.span, {
        rule: "wrong-type",
        message: `${quote(section)} must be a table`,
        suggestion: `write \`[${section}]\` once, on a line of its own, and its keys below`,
      });
      return;
    }
    for (const [name, entry] of value.entries) {
      const key = findKey(`${section}.${name}`);
      if (key === undefined) {
        this.#report(entry.key, unknownKey(name, section));
      } else {
        this.#readKey(key, entry);
      }
    }
  }

  #readKey(key: Key, entry: Entry): void {
    this.spans.set(key.path, entry.span);
    if (key.type.kind === "map") {
      this.#readMap(key, entry);
    } else if (key.type.kind === "records") {
      this.records.set(key.path, this.#readRecords(key.path, key.type, entry.value));
    } else if (key.type.kind === "record") {
      this.records.set(key.path, [this.#readRecord("", key.path, key.type, entry.value)]);
    } else {
      const value = this.#check(key, entry);
      if (value !== undefined) {
        this.scalars.set(key.path, value);
      }
    }
  }

  #readMap(key: Key, { value }: Entry): void {
    const { type, path } = key;
    if (type.kind !== "map") {
      return;
    }
    if (value.kind !== "table") {
      this.#report(value.span, {
        rule: "wrong-type",
        message: `${quote(path)} must be a table`,
        suggestion: `write \`[${path}]\``,
      });
      return;
    }
    const map = new Map<string, string>();
    this.maps.set(path, map);
    for (const [name, entry] of value.entries) {
      this.spans.set(`${path}.${name}`, entry.span);
      if (!type.name.pattern.test(name)) {
        this.#report(entry.key, { rule: "invalid-name", message: `${quote(name)} is not ${type.name.what}` });
      }
      const member: Key = { ...key, path: `${path}.${name}`, type: { kind: "string", format: type.value } };
      const text = this.#check(member, entry, type.substitute);
      if (typeof text === "string") {
        map.set(name, text);
      }
    }
  }

  #readRecords(path: string, type: RecordsType, value: Node): readonly RecordValues[] {
    if (type.name !== undefined && value.kind === "table") {
      return [...value.entries].map(([name, entry]) => {
        if (type.name?.pattern.test(name) === false) {
          this.#report(entry.key, {
            rule: "invalid-name",
            message: `${quote(name)} is not ${type.name.what}`,
          });
        }
        return this.#readRecord(name, `${path}.${name}`, type, entry.value);
      });
    }
    if (type.name === undefined && value.kind === "list") {
      return value.items.map((item, index) =>
        this.#readRecord(String(index), `${path}[${index}]`, type, item),
      );
    }
    const header = type.name === undefined ? `[[${path}]]` : `[${path}.name]`;
    this.#report(value.span, {
      rule: "wrong-type",
      message: `${quote(path)} must be ${type.name === undefined ? "a list of tables" : "a table of tables"}`,
      suggestion: `write \`${header}\`, and its keys below`,
    });
    return [];
  }

  #readRecord(name: string, path: string, type: RecordType, value: Node): RecordValues {
    const members = new Map(
      type.members.flatMap((member) =>
        member.default === undefined ? [] : [[member.path, member.default] as const],
      ),
    );
    this.spans.set(path, value.span);
    if (value.kind !== "table") {
      this.#report(value.span, { rule: "wrong-type", message: `${quote(path)} must be a table` });
      return { name, members };
    }
    for (const [memberName, entry] of value.entries) {
      const member = type.members.find((candidate) => candidate.path === memberName);
      this.spans.set(`${path}.${memberName}`, entry.span);
      if (member === undefined) {
        this.#report(entry.key, unknownMember(memberName, path, type.members));
        continue;
      }
      const checked = this.#check({ ...member, path: `${path}.${memberName}` }, entry);
      if (checked !== undefined) {
        members.set(memberName, checked);
      }
    }
    if (!type.anyOf.some((member) => value.entries.has(member))) {
      const wanted = listed(type.anyOf.map(quote), "or");
      this.#report(value.span, { rule: "invalid-value", message: `${quote(path)} needs ${wanted}` });
    }
    return { name, members };
  }

  #check(key: Member, entry: Entry, substitutes = true): KeyDefault | undefined {
    const checked = checkValue(key, entry.value, substitutes ? this.#args : undefined);
    for (const name of checked.usedArgs) {
      this.usedArgs.add(name);
    }
    for (const { span, ...problem } of checked.problems) {
      this.#report(span, problem);
    }
    return checked.problems.length === 0 ? checked.value : undefined;
  }

  #report(span: Span, problem: Omit<Problem, "span">): void {
    this.diagnostics.push({ ...problem, severity: "error", file: this.#file, span });
  }
}

type RecordsType = Extract<KeyType, { kind: "records" }>;
type RecordType = Pick<RecordsType, "members" | "anyOf">;

function unknownMember(name: string, path: string, members: readonly Member[]): Omit<Problem, "span"> {
  const names = members.map((member) => member.path);
  return {
    rule: "unknown-key",
    message: `unknown key ${quote(name)} in [${path}]`,
    suggestion: didYouMeanText(name, names) ?? `its keys are ${listed(names.map(quote))}`,
  };
}

function unknownKey(name: string, section: string | undefined): Omit<Problem, "span"> {
  const where = section === undefined ? "" : ` in [${section}]`;
  const renamed = findRenamed(section === undefined ? name : `${section}.${name}`);
  if (renamed !== undefined) {
    const message = `${quote(name)}${where} has another name in this version of the spec`;
    return { rule: "renamed-key", message, suggestion: `write it as ${quote(renamed.path)}` };
  }
  const elsewhere = findByName(name);
  const place = elsewhere?.path.includes(".")
    ? `[${elsewhere.path.split(".")[0]}]`
    : "the top, above all sections";
  const suggestion =
    didYouMeanText(name, namesIn(section)) ??
    foreignKeys.get(section === undefined ? name : `${section}.${name}`) ??
    (elsewhere === undefined ? undefined : `it belongs to ${place}`);
  return {
    rule: "unknown-key",
    message: `unknown key ${quote(name)}${where}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
