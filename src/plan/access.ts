import { knownHostsFile } from "../buildfile/our-folders.ts";
import type { Spec } from "../buildfile/spec.ts";
import { authFile } from "./step-folders.ts";

/** What the dependency step may see of the person's secrets and agents, and of the network. */
export interface Access {
  /** A mount or variable of a secret that the client does not have is left out: the step says better what is missing. */
  readonly secrets: readonly SecretGrant[];
  /** Ids of ssh agents. */
  readonly agents: readonly string[];
  /** Text of a known_hosts file. */
  readonly knownHosts: string | undefined;
  /** Folder that has to be in memory, since Pkg keeps tokens there. */
  readonly tokenFolder: string | undefined;
  readonly network: "none" | undefined;
}

export interface SecretGrant {
  readonly id: string;
  /** Path of a file. */
  readonly target?: string;
  /** Name of a variable. */
  readonly env?: string;
}

export function accessOf({ secrets, ssh, pkg, depot }: Spec): Access {
  const lines = ssh?.knownHosts ?? [];
  return {
    secrets: [
      ...secrets.map(({ required: _required, ...grant }) => grant),
      ...(pkg.auth === undefined ? [] : [{ id: pkg.auth, target: authFile }]),
    ],
    agents: ssh?.ids ?? [],
    knownHosts: lines.length === 0 ? undefined : lines.map((line) => `${line}\n`).join(""),
    tokenFolder: pkg.auth === undefined ? undefined : `${depot.path}/servers`,
    network: pkg.offline ? "none" : undefined,
  };
}

/** The part of the dependency step's settings that concerns where packages come from. */
export function sourceSettings({ secrets, registries, pkg }: Spec): Readonly<Record<string, unknown>> {
  return {
    "required-secrets": secrets.filter(({ required }) => required).map(({ required: _, ...grant }) => grant),
    auth: pkg.auth === undefined ? "" : pkg.auth,
    "auth-file": authFile,
    registries,
    offline: pkg.offline,
  };
}

export function sourceEnvironment({ pkg, ssh }: Spec): Record<string, string> {
  return {
    ...(pkg.server === undefined ? {} : { JULIA_PKG_SERVER: pkg.server }),
    ...(pkg.registryPreference === undefined
      ? {}
      : { JULIA_PKG_SERVER_REGISTRY_PREFERENCE: pkg.registryPreference }),
    ...(pkg.useCliGit ? { JULIA_PKG_USE_CLI_GIT: "true" } : {}),
    // Said in either case: a value for running containers may stand under [env].
    JULIA_PKG_OFFLINE: String(pkg.offline),
    // Julia 1.6 and newer check hosts against these; the empty entry stands for the keys that Julia brings.
    ...(ssh === undefined ? {} : { SSH_KNOWN_HOSTS_FILES: `${knownHostsFile}:/root/.ssh/known_hosts:` }),
  };
}
