import { create } from "@bufbuild/protobuf";
import type { ExecOp, Meta } from "../gen/ops_pb.ts";
import { ExecOpSchema, MetaSchema, NetMode, SecurityMode } from "../gen/ops_pb.ts";
import type { ExecOptions } from "./exec-options.ts";
import { InputList } from "./input-list.ts";
import { mountMessage, secretMessage, sshMessage } from "./mount-message.ts";
import type { Mount, PlacedMount, SecretMount, SshMount } from "./mounts.ts";
import { sourceOf } from "./mounts.ts";
import { fromRoot } from "./path.ts";
import type { Operation, OperationContext } from "./vertex.ts";

const networkModes = { sandbox: NetMode.UNSET, host: NetMode.HOST, none: NetMode.NONE };
const securityModes = { sandbox: SecurityMode.SANDBOX, insecure: SecurityMode.INSECURE };
const defaultUnixPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * The operation that runs a command.
 *
 * @param mounts in the order in which an operation has them; without secrets and ssh agents
 */
export function execOperation(
  exec: ExecOptions,
  mounts: readonly PlacedMount[],
  context: OperationContext,
): Operation {
  const inputs = new InputList();
  const attached = mounts.map((placed) => {
    const source = sourceOf(placed.mount);
    return mountMessage(placed, source === undefined ? -1 : inputs.add(context.inputOf(source)));
  });
  const secrets = ofType(exec.mounts, "secret");
  const agents = sshAgents(exec.mounts);
  const value: ExecOp = create(ExecOpSchema, {
    meta: metaMessage(exec, environment(exec, agents, context)),
    mounts: [...attached, ...secrets.map(secretMessage), ...agents.map(sshMessage)],
    network: networkModes[exec.network ?? "sandbox"],
    security: securityModes[exec.security ?? "sandbox"],
    secretenv: (exec.secretEnv ?? []).map(({ id, name, optional }) => ({
      ID: id,
      name,
      optional: optional ?? false,
    })),
  });
  return {
    inputs: inputs.all,
    op: { case: "exec", value },
    platform: exec.platform ?? context.platform,
    capabilities: capabilitiesOf(exec, mounts, context),
  };
}

function metaMessage(exec: ExecOptions, env: readonly string[]): Meta {
  const { proxyEnv } = exec;
  return create(MetaSchema, {
    args: [...exec.args],
    env: [...env],
    // An absolute directory is not shortened: its text is part of the digest as given.
    cwd: exec.cwd?.startsWith("/") ? exec.cwd : fromRoot(exec.cwd ?? ""),
    user: exec.user ?? "",
    hostname: exec.hostname ?? "",
    cgroupParent: exec.cgroupParent ?? "",
    removeMountStubsRecursive: true,
    extraHosts: (exec.extraHosts ?? []).map(({ host, ip }) => ({ Host: host, IP: ip })),
    ulimit: (exec.ulimits ?? []).map(({ name, soft, hard }) => ({
      Name: name,
      Soft: BigInt(soft),
      Hard: BigInt(hard),
    })),
    ...(proxyEnv === undefined
      ? {}
      : {
          proxyEnv: {
            httpProxy: proxyEnv.httpProxy ?? "",
            httpsProxy: proxyEnv.httpsProxy ?? "",
            ftpProxy: proxyEnv.ftpProxy ?? "",
            noProxy: proxyEnv.noProxy ?? "",
            allProxy: proxyEnv.allProxy ?? "",
          },
        }),
  });
}

function environment(
  exec: ExecOptions,
  agents: readonly SshMount[],
  context: OperationContext,
): readonly string[] {
  const variables = new Map(Object.entries(exec.env ?? {}));
  const socket = agents[0]?.target;
  if (socket !== undefined && !variables.has("SSH_AUTH_SOCK")) variables.set("SSH_AUTH_SOCK", socket);
  // Daemons that do not set PATH themselves need it in the operation; Windows never gets one.
  const daemonSetsPath = context.supports?.("exec.meta.setsdefaultpath") ?? true;
  if (!daemonSetsPath && context.platform.os !== "windows" && !variables.has("PATH")) {
    variables.set("PATH", defaultUnixPath);
  }
  return [...variables].map(([name, value]) => `${name}=${value}`);
}

function sshAgents(mounts: readonly Mount[] | undefined): readonly SshMount[] {
  return ofType(mounts, "ssh").map((mount, index) => ({
    ...mount,
    target: mount.target || `/run/buildkit/ssh_agent.${index}`,
  }));
}

function ofType(mounts: readonly Mount[] | undefined, type: "secret"): readonly SecretMount[];
function ofType(mounts: readonly Mount[] | undefined, type: "ssh"): readonly SshMount[];
function ofType(mounts: readonly Mount[] | undefined, type: Mount["type"]): readonly Mount[] {
  return (mounts ?? []).filter((mount) => mount.type === type);
}

const cgroupParent = "exec.meta.cgroup.parent";

/** The capabilities that BuildKit's own client names, and no others: an unknown one fails the build. */
function capabilitiesOf(
  exec: ExecOptions,
  mounts: readonly PlacedMount[],
  context: OperationContext,
): readonly string[] {
  const attached = mounts.map(({ mount }) => mount);
  const has = (type: Mount["type"]) => (exec.mounts ?? []).some((mount) => mount.type === type);
  const hasSecretEnv = (exec.secretEnv ?? []).length > 0;
  const needs: readonly (readonly [boolean | undefined, string])[] = [
    [context.supports?.("exec.meta.setsdefaultpath"), "exec.meta.setsdefaultpath"],
    // Named only for a daemon that would ignore the group: BuildKit's client does not name it.
    [exec.cgroupParent !== undefined && context.supports?.(cgroupParent) === false, cgroupParent],
    [(exec.ulimits ?? []).length > 0, "exec.meta.ulimit"],
    [exec.linuxResources !== undefined, "exec.meta.linux.resources"],
    [(exec.network ?? "sandbox") !== "sandbox", "exec.meta.network"],
    [exec.security === "insecure", "exec.meta.security"],
    [exec.proxyEnv !== undefined, "exec.meta.proxyenv"],
    [true, "exec.meta.base"],
    [attached.some((mount) => mount.type !== "tmpfs" && mount.selector), "exec.mount.selector"],
    [has("cache"), "exec.mount.cache"],
    [has("cache"), "exec.mount.cache.sharing"],
    [has("tmpfs"), "exec.mount.tmpfs"],
    [attached.some((mount) => mount.type === "tmpfs" && (mount.size ?? 0) > 0), "exec.mount.tmpfs.size"],
    [attached.some((mount) => mount.type === "bind" && mount.source !== null), "exec.mount.bind"],
    [attached.some(hasContentCache), "exec.mount.cache.content"],
    [has("secret") || hasSecretEnv, "exec.mount.secret"],
    [hasSecretEnv, "exec.secretenv"],
    [has("ssh"), "exec.mount.ssh"],
  ];
  return needs.flatMap(([isUsed, capability]) => (isUsed ? [capability] : []));
}

function hasContentCache(mount: Mount): boolean {
  return mount.type === "bind" && (mount.contentCache ?? "default") !== "default";
}
