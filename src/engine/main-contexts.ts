import type { FrontendEnvironment, GatewayClient } from "../buildkit/gateway/index.ts";
import { file, type Output, type Platform, scratch } from "../buildkit/llb/index.ts";
import { clientFolder, type Place } from "../lower/place.ts";
import type { ContextRequest } from "../request/context-request.ts";
import { inputState } from "./input-state.ts";
import { remoteFiles } from "./remote.ts";

/** Where the spec and the project are. */
export interface MainContexts {
  readonly spec: Place;
  /** Path of the spec in its place. */
  readonly filename: string;
  readonly project: Place;
}

export interface ContextOptions {
  readonly client: GatewayClient;
  readonly environment: Pick<FrontendEnvironment, "sessionId">;
  readonly contexts: ContextRequest;
  /** The builder's own. */
  readonly platform: Platform;
}

/** Finds the build context and, in it or in a folder of its own, the spec. */
export async function mainContexts(filename: string, options: ContextOptions): Promise<MainContexts> {
  const { environment, contexts, client } = options;
  const folder = (name: string) => clientFolder(name, contexts.sessions.get(name) ?? environment.sessionId);
  const inputs = await client.inputs();
  const given = (name: string) => {
    const definition = inputs.get(name);
    return definition === undefined ? undefined : inputState(definition, name);
  };
  const input = given("context");
  const remote =
    contexts.main === undefined ? undefined : await remoteFiles(contexts.main, { ...options, ...contexts });
  const state = input ?? remote?.state;
  const project: Place =
    state === undefined ? folder("context") : { kind: "state", state: below(state, contexts.subdirectory) };
  const specInput = given("dockerfile");
  if (specInput !== undefined) {
    return { spec: { kind: "state", state: specInput }, filename, project };
  }
  if (contexts.specFolder !== undefined || remote === undefined) {
    return { spec: folder(contexts.specFolder ?? "dockerfile"), filename, project };
  }
  return { spec: project, filename: remote.filename ?? filename, project };
}

/** A folder of a file system in place of the whole. */
function below(state: Output, folder: string | undefined): Output {
  if (folder === undefined) {
    return state;
  }
  const copy = { type: "copy", from: state, src: folder, dest: "/", directoryContents: true } as const;
  return file(scratch, [copy], { name: `[internal] take ${folder} of the build context` });
}
