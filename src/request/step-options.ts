import type { ExecOptions } from "../buildkit/llb/index.ts";
import { quote } from "../text/quote.ts";
import type { OptionProblem } from "./option.ts";

/** What the person who builds asked for every command that runs, as `--network` of `docker buildx build`. */
export interface StepDefaults
  extends Pick<
    ExecOptions,
    "network" | "extraHosts" | "hostname" | "ulimits" | "cgroupParent" | "proxyEnv" | "linuxResources"
  > {
  /** Bytes of /dev/shm; what BuildKit gives by default otherwise. */
  readonly shmSize?: number;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Reads the options that concern every command: network, hosts, limits and proxies. */
export function readStepDefaults(options: ReadonlyMap<string, string>): {
  readonly defaults: StepDefaults;
  readonly problems: readonly OptionProblem[];
} {
  const defaults: Mutable<StepDefaults> = {};
  const problems: OptionProblem[] = [];
  const network = options.get("force-network-mode") || "default";
  if (network === "host" || network === "none") {
    defaults.network = network;
  } else if (network !== "default" && network !== "sandbox") {
    problems.push({ option: "force-network-mode", message: `--network=${network} is not supported` });
  }
  const hosts = pairs(options.get("add-hosts"), problems, "add-hosts");
  if (hosts.length > 0) {
    defaults.extraHosts = hosts.map(([host, ip]) => ({ host: host.toLowerCase(), ip }));
  }
  const ulimits = pairs(options.get("ulimit"), problems, "ulimit");
  if (ulimits.length > 0) {
    defaults.ulimits = ulimits.map(([name, limits]) => {
      const [softText = "", hardText] = limits.split(":");
      const soft = readInteger(softText, "ulimit", problems);
      const hard = hardText === undefined ? soft : readInteger(hardText, "ulimit", problems);
      return { name, soft, hard };
    });
  }
  const shmSize = options.get("shm-size");
  if (shmSize) {
    defaults.shmSize = readInteger(shmSize, "shm-size", problems);
  }
  const cgroupParent = options.get("cgroup-parent");
  if (cgroupParent) {
    defaults.cgroupParent = cgroupParent;
  }
  // buildx has no option for it, so Dockerfiles know it as an argument.
  const hostname = options.get("hostname") || options.get("build-arg:BUILDKIT_SANDBOX_HOSTNAME");
  if (hostname) {
    defaults.hostname = hostname;
  }
  const proxyEnv = readProxies(options);
  if (proxyEnv !== undefined) {
    defaults.proxyEnv = proxyEnv;
  }
  const linuxResources = readResources(options, problems);
  if (linuxResources !== undefined) {
    defaults.linuxResources = linuxResources;
  }
  return { defaults, problems };
}

/** `name=value,name=value`, as buildx sends them; CSV quoting is not needed for hosts and limits. */
function pairs(
  text: string | undefined,
  problems: OptionProblem[],
  option: string,
): readonly [string, string][] {
  const found: [string, string][] = [];
  for (const part of (text ?? "").split(",").filter((part) => part !== "")) {
    const separator = part.indexOf("=");
    if (separator < 1) {
      problems.push({ option, message: `${option}: ${part} is not of the form name=value` });
    } else {
      found.push([part.slice(0, separator), part.slice(separator + 1)]);
    }
  }
  return found;
}

const proxyKeys = {
  http_proxy: "httpProxy",
  https_proxy: "httpsProxy",
  ftp_proxy: "ftpProxy",
  no_proxy: "noProxy",
  all_proxy: "allProxy",
} as const;

function readProxies(options: ReadonlyMap<string, string>): StepDefaults["proxyEnv"] {
  const found: Record<string, string> = {};
  for (const [option, value] of options) {
    const key = proxyKeys[option.replace(/^build-arg:/, "").toLowerCase() as keyof typeof proxyKeys];
    if (option.startsWith("build-arg:") && key !== undefined) {
      found[key] = value;
    }
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

const resourceKeys = {
  memory: "memory",
  memswap: "memorySwap",
  cpushares: "cpuShares",
  cpuperiod: "cpuPeriod",
  cpuquota: "cpuQuota",
} as const;

/** What the message has no negative numbers for. -1 stands for no limit where it has. */
const neverNegative = ["cpushares", "cpuperiod"];

function readResources(
  options: ReadonlyMap<string, string>,
  problems: OptionProblem[],
): StepDefaults["linuxResources"] {
  const limits: Record<string, number | string> = {};
  for (const [option, key] of Object.entries(resourceKeys)) {
    const value = options.get(option);
    if (value) {
      const number = readInteger(value, option, problems);
      if (number < 0 && neverNegative.includes(option)) {
        problems.push({ option, message: `${option}: ${number} is negative` });
      }
      limits[key] = number;
    }
  }
  for (const [option, key] of [
    ["cpusetcpus", "cpusetCpus"],
    ["cpusetmems", "cpusetMems"],
  ] as const) {
    const value = options.get(option);
    if (value) {
      limits[key] = value;
    }
  }
  return Object.keys(limits).length === 0 ? undefined : limits;
}

/** A whole number; 0, and a problem, if it is none. Some limits are -1 for none. */
function readInteger(text: string, option: string, problems: OptionProblem[]): number {
  const number = /^-?\d{1,18}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) {
    return number;
  }
  problems.push({ option, message: `${option}: ${quote(text)} is not a whole number` });
  return 0;
}
