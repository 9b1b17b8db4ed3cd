import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { ChownOptSchema, FileActionSchema } from "../gen/ops_pb.ts";
import { FileOpSchema } from "../gen/ops_pb.ts";
import { type CopyAction, type FileAction, isMade, isOutput, type Owner } from "./file-actions.ts";
import { InputList } from "./input-list.ts";
import { destinationFromRoot, fromRoot } from "./path.ts";
import type { Operation, OperationContext, State } from "./vertex.ts";

type FileActionInit = MessageInitShape<typeof FileActionSchema>;
type ChownInit = MessageInitShape<typeof ChownOptSchema>;

const none = -1;
/** Stands for a time or a mode that is to stay as it is in the source. */
const keep = -1;

/** The operation that changes a file system without a command. */
export function fileOperation(
  state: State,
  fileActions: readonly FileAction[],
  context: OperationContext,
): Operation {
  const inputs = new InputList();
  const base = state === null ? none : inputs.add(context.inputOf(state));
  const sources = fileActions.map((action) =>
    action.type === "copy" && isOutput(action.from) ? inputs.add(context.inputOf(action.from)) : none,
  );
  const actions: FileActionInit[] = [];
  const add = (action: FileAction, { input = none, source = none, owners = none }) => {
    const fields = { input: BigInt(input), secondaryInput: BigInt(source), output: -1n };
    // Results of actions are numbered on from the inputs.
    return inputs.all.length + actions.push({ ...fields, action: actionMessage(action, owners) }) - 1;
  };
  let result = base;
  for (const [index, action] of fileActions.entries()) {
    let source = sources[index];
    if (action.type === "copy" && isMade(action.from)) {
      for (const made of action.from.made) source = add(made, { input: source });
    }
    result = add(action, { input: result, source, owners: base });
  }
  const last = actions.length - 1;
  const withResult = actions.map((action, index) => (index === last ? { ...action, output: 0n } : action));
  return {
    inputs: inputs.all,
    op: { case: "file", value: create(FileOpSchema, { actions: withResult }) },
    capabilities: ["file.base", ...lackingCapabilities(fileActions, context)],
  };
}

const patterns = "file.copy.includeexcludepatterns";

/**
 * BuildKit's client names no other capability, though it means to. A daemon without this one would copy what is to be left
 * out, so it is named to have such a daemon refuse.
 */
function lackingCapabilities(
  actions: readonly FileAction[],
  { supports }: OperationContext,
): readonly string[] {
  const hasPatterns = actions.some(
    (action) =>
      action.type === "copy" &&
      [...(action.includePatterns ?? []), ...(action.excludePatterns ?? [])].length > 0,
  );
  return hasPatterns && supports?.(patterns) === false ? [patterns] : [];
}

function actionMessage(action: FileAction, base: number): NonNullable<FileActionInit["action"]> {
  switch (action.type) {
    case "copy":
      return { case: "copy", value: { ...copyFields(action), ...createdFields(action, base) } };
    case "mkdir": {
      const { path, mode, parents } = action;
      const fields = { path: fromRoot(path), mode: mode & 0o777, makeParents: parents ?? false };
      return { case: "mkdir", value: { ...fields, ...createdFields(action, base) } };
    }
    case "mkfile": {
      const { path, mode, data } = action;
      const fields = { path: fromRoot(path), mode: mode & 0o777, data: bytesOf(data) };
      return { case: "mkfile", value: { ...fields, ...createdFields(action, base) } };
    }
    case "rm": {
      const { path, allowNotFound, wildcard } = action;
      const flags = { allowNotFound: allowNotFound ?? false, allowWildcard: wildcard ?? false };
      return { case: "rm", value: { path: fromRoot(path), ...flags } };
    }
    case "symlink": {
      const fields = { oldpath: action.target, newpath: action.path };
      return { case: "symlink", value: { ...fields, ...createdFields(action, base) } };
    }
  }
}

function copyFields(action: CopyAction) {
  const { mode } = action;
  return {
    src: fromRoot(action.src),
    dest: destinationFromRoot(action.dest),
    ...(typeof mode === "string" ? { modeStr: mode } : { mode: mode ?? keep }),
    followSymlink: action.followSymlink ?? false,
    dirCopyContents: action.directoryContents ?? false,
    attemptUnpackDockerCompatibility: action.unpack ?? false,
    createDestPath: action.createDestination ?? false,
    allowWildcard: action.wildcard ?? false,
    allowEmptyWildcard: action.emptyWildcard ?? false,
    includePatterns: [...(action.includePatterns ?? [])],
    excludePatterns: [...(action.excludePatterns ?? [])],
    requiredPaths: [...(action.requiredPaths ?? [])],
    alwaysReplaceExistingDestPaths: action.replaceExisting ?? false,
  };
}

function createdFields(
  action: { readonly owner?: Owner | undefined; readonly timestamp?: bigint | undefined },
  base: number,
) {
  const timestamp = action.timestamp ?? BigInt(keep);
  return action.owner === undefined ? { timestamp } : { timestamp, owner: ownerMessage(action.owner, base) };
}

function ownerMessage({ user, group }: Owner, base: number): ChownInit {
  return {
    ...(user === undefined ? {} : { user: userMessage(user, base) }),
    ...(group === undefined ? {} : { group: userMessage(group, base) }),
  };
}

function userMessage(user: number | string, base: number) {
  return typeof user === "string"
    ? { user: { case: "byName" as const, value: { name: user, input: BigInt(base) } } }
    : { user: { case: "byID" as const, value: user } };
}

function bytesOf(data: Uint8Array | string): Uint8Array {
  return typeof data === "string" ? Buffer.from(data) : data;
}
