import { fromBinary } from "@bufbuild/protobuf";
import {
  type Definition,
  type FileAction,
  type Mount,
  MountType,
  NetMode,
  type Op,
  OpSchema,
} from "../../src/buildkit/gen/ops_pb.ts";
import { operationDigest } from "../../src/buildkit/llb/digest.ts";

/**
 * The steps of a definition as lines that a reviewer understands: what each is called, what it works on, its command, its mounts
 * and their caches, and what it copies. Texts of files and environment variables are left out; they are what the plan says.
 */
export function stepGraph(definition: Definition): string {
  const steps = definition.def.slice(0, -1).map((bytes) => ({
    digest: operationDigest(bytes),
    op: fromBinary(OpSchema, bytes),
  }));
  const names = new Map(
    steps.map(({ digest }, index) => [
      digest,
      `${index + 1} ${definition.metadata[digest]?.description["llb.customname"] ?? ""}`,
    ]),
  );
  return steps
    .map(({ digest, op }) => {
      const inputs = op.inputs.map(({ digest: input, index }) =>
        index === 0n ? (names.get(input) ?? "") : `output ${index} of ${names.get(input)}`,
      );
      return [names.get(digest), ...linesOf(op, inputs)].join("\n    ");
    })
    .join("\n")
    .concat("\n");
}

function linesOf({ op }: Op, inputs: readonly string[]): readonly string[] {
  if (op.case === "source") {
    const attributes = Object.entries(op.value.attrs).map(([name, value]) => `${name}: ${value}`);
    return [op.value.identifier, ...attributes];
  }
  if (op.case === "exec") {
    const { meta, mounts, network, secretenv } = op.value;
    return [
      `runs ${meta?.args.join(" ")}`,
      `as ${meta?.user || "root"} in ${meta?.cwd}${network === NetMode.NONE ? ", without network" : ""}`,
      ...mounts.map((mount) => mountLine(mount, inputs)),
      ...secretenv.map(({ ID, name }) => `secret ${ID} as ${name}`),
    ];
  }
  return op.case === "file" ? op.value.actions.flatMap((action) => actionLine(action, inputs)) : [];
}

/** By the number that stands for each. */
const sharingModes = ["shared", "private", "locked"];

function mountLine(
  { dest, mountType, input, output, cacheOpt, ...mount }: Mount,
  inputs: readonly string[],
): string {
  const source = inputs[Number(input)];
  const from = source === undefined ? "" : ` from ${source}${mount.selector && `, its ${mount.selector}`}`;
  switch (mountType) {
    case MountType.CACHE:
      return `${dest}: cache ${cacheOpt?.ID}, ${sharingModes[cacheOpt?.sharing ?? 0]}${from}`;
    case MountType.SECRET:
      return `${dest}: secret ${mount.secretOpt?.ID}`;
    case MountType.SSH:
      return `${dest}: ssh agent ${mount.SSHOpt?.ID}`;
    case MountType.TMPFS:
      return `${dest}: in memory`;
    default:
      return `${dest}:${from || " empty"}${mount.readonly ? ", read-only" : ""}${output >= 0n ? `, output ${output}` : ""}`;
  }
}

function actionLine(
  { action, input, secondaryInput }: FileAction,
  inputs: readonly string[],
): readonly string[] {
  const base = inputs[Number(input)];
  const on = base === undefined ? "" : ` on ${base}`;
  switch (action.case) {
    case "copy": {
      const { src, dest, includePatterns, excludePatterns, owner, attemptUnpackDockerCompatibility } =
        action.value;
      if (attemptUnpackDockerCompatibility) return [`unpacks ${src} to ${dest}${on}`];
      const by = owner?.user?.user.case === "byID" ? `, owned by ${owner.user.user.value}` : "";
      const only = [...includePatterns, ...excludePatterns.map((pattern) => `!${pattern}`)].join(" ");
      return [
        `copies ${src} of ${inputs[Number(secondaryInput)] ?? "nothing"} to ${dest}${by}${only && ` (${only})`}${on}`,
      ];
    }
    case "mkdir":
      return [`makes the folder ${action.value.path}${on}`];
    case "mkfile":
      return [`writes ${action.value.path}${on}`];
    default:
      return [`${action.case}${on}`];
  }
}
