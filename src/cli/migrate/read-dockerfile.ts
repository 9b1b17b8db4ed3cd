import {
  type Dockerfile,
  DockerfileParser,
  type From,
  type Instruction,
  type ModifiableInstruction,
  type PropertyInstruction,
  type Run,
} from "dockerfile-ast";
import {
  type DockerfileContent,
  type DockerInstruction,
  type DockerStage,
  type DockerVariable,
  type DockerVariables,
  lineOfStages,
} from "./dockerfile.ts";
import { expandVariables } from "./expand-variables.ts";

const nothing: DockerVariables = new Map();

/** Arguments that a build sets by its platform (Dockerfile reference, "Automatic platform ARGs"), for the most common one. */
const platform: DockerVariables = new Map(
  ["TARGET", "BUILD"].flatMap((side) => [
    [`${side}PLATFORM`, { value: "linux/amd64", isArgument: false }],
    [`${side}OS`, { value: "linux", isArgument: false }],
    [`${side}ARCH`, { value: "amd64", isArgument: false }],
  ]),
);

/** Reads a Dockerfile, whose stages come in their order. Text that is none gives no stage, and never an error. */
export function readDockerfile(text: string): DockerfileContent {
  const lines = withoutComments(text.replaceAll("\r\n", "\n"));
  const parsed = DockerfileParser.parse(lines.join("\n"));
  const stages: DockerStage[] = [];
  let globals = platform;
  let before: readonly DockerInstruction[] = [];
  for (const block of blocksOf(parsed)) {
    const from = block.from;
    if (from === undefined) {
      before = readInstructions(block.instructions, { globals: platform, parent: undefined, lines });
      globals = block.instructions.reduce((scope, one) => scopeAfter(one, scope, platform, lines), platform);
      continue;
    }
    const image = from.getImage() ?? "";
    const name = from.getBuildStage()?.toLowerCase();
    const continued = expandVariables(image, globals).plain.toLowerCase();
    const parent = stages.find((stage) => stage.name !== undefined && stage.name === continued);
    stages.push({
      ...(name === undefined ? {} : { name }),
      line: from.getRange().start.line + 1,
      image,
      variables: globals,
      ...(parent === undefined ? {} : { parent }),
      instructions: readInstructions(block.instructions, { globals, parent, lines }),
    });
  }
  return { before, stages };
}

/** A line of comment between continued lines may hold a quote: without it, the words of the instruction are right. */
function withoutComments(text: string): readonly string[] {
  const lines = text.split("\n");
  const comments = DockerfileParser.parse(text).getComments();
  const dropped = new Set(comments.map((comment) => comment.getRange().start.line));
  return lines.map((line, index) => (dropped.has(index) ? "" : line));
}

interface Block {
  /** Absent for what stands before the first FROM. */
  readonly from?: From;
  readonly instructions: readonly Instruction[];
}

function blocksOf(parsed: Dockerfile): readonly Block[] {
  const blocks: { from?: From; instructions: Instruction[] }[] = [{ instructions: [] }];
  for (const instruction of parsed.getInstructions()) {
    if (instruction.getKeyword() === "FROM") {
      blocks.push({ from: instruction as From, instructions: [] });
    } else {
      blocks.at(-1)?.instructions.push(instruction);
    }
  }
  return blocks;
}

interface StageInputs {
  readonly globals: DockerVariables;
  readonly parent: DockerStage | undefined;
  readonly lines: readonly string[];
}

function readInstructions(instructions: readonly Instruction[], inputs: StageInputs) {
  const { globals, parent, lines } = inputs;
  let scope: DockerVariables = parent === undefined ? nothing : environmentAtEnd(parent);
  return instructions.map((instruction) => {
    const read = readInstruction(instruction, scope, lines);
    scope = scopeAfter(instruction, scope, globals, lines);
    return read;
  });
}

/** A stage that continues another has its ENV, and not its ARG. */
function environmentAtEnd(stage: DockerStage): DockerVariables {
  const set = lineOfStages(stage).flatMap(({ instructions }) =>
    instructions.filter(({ keyword }) => keyword === "ENV"),
  );
  return new Map(
    set.flatMap(({ properties, variables }) =>
      properties.map(({ name, value = "" }) => [name, variable(value, variables, false)] as const),
    ),
  );
}

function scopeAfter(
  instruction: Instruction,
  scope: DockerVariables,
  globals: DockerVariables,
  lines: readonly string[],
): DockerVariables {
  const keyword = instruction.getKeyword();
  if (keyword !== "ENV" && keyword !== "ARG") return scope;
  const isArgument = keyword === "ARG";
  const added = readInstruction(instruction, scope, lines).properties.map(({ name, value }) => {
    // An ENV of the same name beats an ARG (Dockerfile reference, "Using ARG variables").
    const kept = isArgument && scope.get(name)?.isArgument === false ? scope.get(name) : undefined;
    const inherited = isArgument && value === undefined ? globals.get(name) : undefined;
    return [name, kept ?? inherited ?? variable(value, scope, isArgument)] as const;
  });
  return new Map([...scope, ...added]);
}

function variable(value: string | undefined, scope: DockerVariables, isArgument: boolean): DockerVariable {
  const expanded = value === undefined ? undefined : expandVariables(value, scope);
  return expanded === undefined || expanded.unknown.length > 0
    ? { isArgument }
    : { value: expanded.plain, isArgument };
}

function readInstruction(
  instruction: Instruction,
  scope: DockerVariables,
  lines: readonly string[],
): DockerInstruction {
  const text = instruction.getArgumentsContent() ?? "";
  const { start, end } = instruction.getRange();
  const json = jsonForm(text);
  const heredoc = heredocOf(instruction, lines);
  return {
    keyword: instruction.getKeyword(),
    line: start.line + 1,
    source: lines.slice(start.line, end.line + 1),
    text,
    flags: flagsOf(instruction),
    words: instruction.getArguments().map((argument) => argument.getValue()),
    ...(json === undefined ? {} : { json }),
    properties: propertiesOf(instruction),
    ...(heredoc === undefined ? {} : { heredoc }),
    variables: scope,
  };
}

/** The library's own reading of the JSON form (0.7.1) loses spaces and escapes. Like Docker, what is no JSON is a command. */
function jsonForm(text: string): readonly string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

function flagsOf(instruction: Instruction): DockerInstruction["flags"] {
  if (!("getFlags" in instruction)) return [];
  const flags = (instruction as ModifiableInstruction).getFlags();
  return flags.map((flag) => ({ name: flag.getName(), value: flag.getValue() ?? "" }));
}

function propertiesOf(instruction: Instruction): DockerInstruction["properties"] {
  if (!("getProperties" in instruction)) return [];
  return (instruction as PropertyInstruction).getProperties().map((property) => {
    const value = property.getValue();
    return { name: property.getName(), ...(value === null ? {} : { value }) };
  });
}

function heredocOf(instruction: Instruction, lines: readonly string[]): string | undefined {
  if (!["RUN", "COPY", "ADD"].includes(instruction.getKeyword())) return undefined;
  const [first] = (instruction as Run).getHeredocs();
  const range = first?.getContentRange();
  return range === undefined || range === null
    ? undefined
    : lines.slice(range.start.line, range.end.line + 1).join("\n");
}
