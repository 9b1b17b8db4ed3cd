import { knownHostsFile } from "../buildfile/our-folders.ts";
import type { Mount, SecretEnv } from "../buildkit/llb/index.ts";
import type { Access } from "../plan/access.ts";
import { textFiles } from "./text-files.ts";

/** Secrets, agents and keys of hosts, as files and sockets of a step. */
export function accessMounts(access: Access): readonly Mount[] {
  const { secrets, agents, knownHosts, tokenFolder } = access;
  return [
    ...secrets.flatMap(({ id, target }) =>
      target === undefined ? [] : [{ type: "secret" as const, id, target, optional: true }],
    ),
    ...agents.map((id) => ({ type: "ssh" as const, id, optional: true })),
    ...(tokenFolder === undefined ? [] : [{ type: "tmpfs" as const, target: tokenFolder }]),
    ...(knownHosts === undefined ? [] : [knownHostsMount(knownHosts)]),
  ];
}

export function secretVariables({ secrets }: Access): readonly SecretEnv[] {
  return secrets.flatMap(({ id, env }) => (env === undefined ? [] : [{ id, name: env, optional: true }]));
}

function knownHostsMount(text: string): Mount {
  const source = textFiles([["known_hosts", text]], "[depot] keys of hosts");
  return { type: "bind", target: knownHostsFile, source, selector: "/known_hosts", readonly: true };
}
