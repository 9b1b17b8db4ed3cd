import type { DockerInstruction, DockerStage } from "./dockerfile.ts";
import { asSpecText, type Expansion, expandVariables } from "./expand-variables.ts";
import { type Finding, leftOver, type Offer } from "./finding.ts";
import { shellCommands } from "./shell-commands.ts";

/** EXPOSE, VOLUME, LABEL and the like, for which the spec has keys of the same meaning, and what it has none for. */
export function translateImageKeys(stages: readonly DockerStage[]): readonly Finding[] {
  return stages.flatMap(({ instructions }) => instructions.flatMap(findingsOf));
}

function findingsOf(instruction: DockerInstruction): readonly Finding[] {
  const { keyword, words, json, properties, text, line } = instruction;
  const what = `${keyword} ${text}`;
  switch (keyword) {
    case "EXPOSE":
      return words.map((word) => expandedOffer(instruction, ["image", "expose"], word, true));
    case "VOLUME":
      return (json ?? words).map((word) => expandedOffer(instruction, ["image", "volumes"], word, true));
    case "STOPSIGNAL":
      return [expandedOffer(instruction, ["image", "stop-signal"], text)];
    case "LABEL":
      return properties.map(({ name, value = "" }) => expandedOffer(instruction, ["labels", name], value));
    case "MAINTAINER":
      return [expandedOffer(instruction, ["labels", "org.opencontainers.image.authors"], text)];
    case "HEALTHCHECK":
      return healthcheck(instruction);
    case "SHELL":
      return [leftOver(line, what, "there is no key: no step of the build is a line of shell")];
    case "ONBUILD":
      return [
        leftOver(
          line,
          what,
          "there is no counterpart: write what it does into the specs that use the image as `base`",
        ),
      ];
    case "ADD":
    case "ARG":
    case "CMD":
    case "COPY":
    case "ENTRYPOINT":
    case "ENV":
    case "RUN":
    case "USER":
    case "WORKDIR":
      return [];
    default:
      return [leftOver(line, what, "this is no instruction that is known here")];
  }
}

/** The text as a value, unless it has a variable whose value is not known. */
export function expandedOffer(
  instruction: DockerInstruction,
  at: readonly string[],
  text: string,
  isItem = false,
): Finding {
  const { keyword, line, variables } = instruction;
  const expansion = expandVariables(text, variables);
  return offerUnlessUnknown(expansion, { at, line, why: keyword, ...(isItem ? { isItem } : {}) });
}

function offerUnlessUnknown(
  { spec, args, unknown, plain }: Expansion,
  offer: Omit<Offer, "kind" | "value" | "args">,
): Finding {
  return unknown.length === 0
    ? { kind: "offer", value: spec, args, ...offer }
    : leftOver(
        offer.line ?? 1,
        `${offer.why} ${plain}`,
        `${unknown.join(", ")} has no value here: write it as \`${offer.at.join(".")}\``,
      );
}

/** A command in the form of a text is run by a shell, as Docker does it. */
export function commandWords({ json, text }: Pick<DockerInstruction, "json" | "text">): readonly string[] {
  return json ?? ["/bin/sh", "-c", text];
}

function healthcheck(instruction: DockerInstruction): readonly Finding[] {
  const { flags, text, line } = instruction;
  const [, kind = "", rest = ""] = /^(\w+)\s*(.*)$/s.exec(text) ?? [];
  if (kind.toUpperCase() !== "CMD") {
    return [
      leftOver(line, `HEALTHCHECK ${text}`, "there is no key that ends a health check of the base image"),
    ];
  }
  const offer = (name: string, value: Offer["value"]): Offer => ({
    kind: "offer",
    at: ["image", "healthcheck", name],
    value,
    line,
    why: "HEALTHCHECK",
  });
  const json = jsonWords(rest);
  const command = commandWords({ text: rest, ...(json === undefined ? {} : { json }) });
  const clients = ["curl", "wget"].filter(
    (client) =>
      (json === undefined ? shellCommands({ ...instruction, text: rest })[0]?.words : json)?.[0] === client,
  );
  return [
    offer("command", command.map(asSpecText)),
    ...flags.map(({ name, value }) => offer(name, name === "retries" ? Number(value) : value)),
    ...clients.map((client) =>
      leftOver(
        line,
        "HEALTHCHECK",
        `\`${client}\` has to be in the image: name it under [packages] apt if the base has it not`,
      ),
    ),
  ];
}

function jsonWords(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
