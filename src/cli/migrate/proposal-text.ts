import { stringify } from "smol-toml";
import { keys } from "../../buildfile/keys.ts";
import { syntaxLine } from "../first-spec/write-first-spec.ts";
import type { Offer } from "./finding.ts";

/** A key with its value, and the lines that it is from. */
interface Setting {
  readonly section: readonly string[];
  readonly name: string;
  readonly value: unknown;
  readonly lines: readonly number[];
}

/**
 * The text of `julia.toml` for what a Dockerfile says, in the order of the reference page. Names and values may hold any
 * character: a writer of TOML makes text of them.
 */
export function proposalText(frontend: string, offers: readonly Offer[]): string {
  const settings = [...argumentsOf(offers), ...settingsOf(offers)].toSorted(
    (one, other) => place(one) - place(other),
  );
  const blocks = groupsOf(settings, ({ section }) => section).map(sectionText);
  return [syntaxLine(frontend), ...blocks].join("\n");
}

function argumentsOf(offers: readonly Offer[]): readonly Setting[] {
  const args = new Map(offers.flatMap((offer) => [...(offer.args ?? [])]));
  return [...args].map(([name, value]) => ({ section: ["args"], name, value, lines: [] }));
}

function settingsOf(offers: readonly Offer[]): readonly Setting[] {
  return groupsOf(offers, ({ at }) => at).map((some) => {
    const at = some[0]?.at ?? [];
    const values = some.map(({ value }) => value);
    return {
      section: at.slice(0, -1),
      name: at.at(-1) ?? "",
      value: some[0]?.isItem === true ? values : values.at(-1),
      lines: [...new Set(some.flatMap(({ line }) => (line === undefined ? [] : [line])))],
    };
  });
}

/** Those of one path together, in the order of the first of each. */
function groupsOf<Item>(
  items: readonly Item[],
  pathOf: (item: Item) => readonly string[],
): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const path = JSON.stringify(pathOf(item));
    groups.set(path, [...(groups.get(path) ?? []), item]);
  }
  return [...groups.values()];
}

/** What stands at the top comes first, and then the sections of the table of keys. */
function place({ section, name }: Setting): number {
  const path = [...section, name].join(".");
  const index = keys.findIndex((key) => path === key.path || path.startsWith(`${key.path}.`));
  return section.length === 0 && name !== "registries" ? index - keys.length : index;
}

function sectionText(settings: readonly Setting[]): string {
  const section = settings[0]?.section ?? [];
  const header = section.length === 0 ? "" : `[${section.join(".")}]\n`;
  return `${header}${settings.map(settingText).join("")}`;
}

function settingText({ name, value, lines }: Setting): string {
  const text = stringify({ [name]: value }).trimEnd();
  const comment = lines.length === 0 ? "" : ` # ${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}`;
  return text.includes("\n") ? `${text}\n` : `${text}${comment}\n`;
}
