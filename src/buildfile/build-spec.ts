import { parseJuliaVersion } from "../julia/julia-version.ts";
import { type CheckSettings, defaultCheck } from "../text/check-settings.ts";
import type { SourceFile } from "../text/source-file.ts";
import { durationNanoseconds } from "./duration.ts";
import type { KeyDefault } from "./key.ts";
import { findKey } from "./keys.ts";
import type {
  HealthcheckSetting,
  ImageSettings,
  JuliaSetting,
  RegistrySetting,
  SecretSetting,
  Spec,
  User,
} from "./spec.ts";
import type { RecordValues, Values } from "./values.ts";

/** The official image; its tags are versions of Julia. */
const officialImage = "docker.io/library/julia";

/**
 * The spec that the values give, with the table's defaults for what is absent or wrong. If a value was wrong the result
 * is only for further checks, never for a build.
 */
export function buildSpec(
  file: SourceFile,
  values: Values,
  args: ReadonlyMap<string, string>,
  check: CheckSettings = defaultCheck,
): Spec {
  const string = (path: string) => typed(values, path, isString);
  const strings = (path: string) => typed(values, path, isStrings) ?? [];
  const julia = string("julia");
  return {
    file,
    spans: values.spans,
    check,
    ...optional("julia", julia === undefined ? undefined : juliaSetting(julia)),
    base: string("base") ?? `${officialImage}:${julia ?? "latest"}`,
    project: required(string("project"), "project"),
    path: required(string("path"), "path"),
    ...optional("main", string("main")),
    ...optional("module", string("module")),
    user: parseUser(required(string("user"), "user")),
    args,
    env: values.maps.get("env") ?? new Map(),
    labels: values.maps.get("labels") ?? new Map(),
    packages: { apt: strings("packages.apt"), buildApt: strings("packages.build-apt") },
    depot: {
      path: required(string("depot.path"), "depot.path"),
      ...optional("cacheId", string("depot.cache-id")),
      ...optional("seed", string("depot.seed")),
      maxUnusedDays: required(typed(values, "depot.max-unused-days", isNumber), "depot.max-unused-days"),
      keepRegistries: required(typed(values, "depot.keep-registries", isBoolean), "depot.keep-registries"),
    },
    pkg: {
      ...optional("server", string("pkg.server")),
      lazyArtifacts: required(typed(values, "pkg.lazy-artifacts", isBoolean), "pkg.lazy-artifacts"),
      ...optional("auth", string("pkg.auth")),
      ...optional("registryPreference", string("pkg.registry-preference")),
      useCliGit: required(typed(values, "pkg.use-cli-git", isBoolean), "pkg.use-cli-git"),
      offline: required(typed(values, "pkg.offline", isBoolean), "pkg.offline"),
    },
    registries: (values.records.get("registries") ?? []).map(registry),
    secrets: (values.records.get("secrets") ?? []).map(secret),
    ...optional("ssh", values.spans.has("ssh") ? sshAccess(strings) : undefined),
    precompile: {
      ...optional("cpuTarget", string("precompile.cpu-target")),
      strict: required(typed(values, "precompile.strict", isBoolean), "precompile.strict"),
      ...optional("tasks", typed(values, "precompile.tasks", isNumber)),
      flags: strings("precompile.flags"),
      ...optional("workload", string("precompile.workload")),
      workloadTimeout: seconds(
        required(string("precompile.workload-timeout"), "precompile.workload-timeout"),
      ),
    },
    run: {
      ...optional("threads", string("run.threads")),
      ...optional("heapSizeHint", string("run.heap-size-hint")),
      ...optional("gcThreads", string("run.gc-threads")),
    },
    image: imageSettings(values),
    test: {
      args: strings("test.args"),
      env: values.maps.get("test.env") ?? new Map(),
      threads: required(typed(values, "test.threads", isNumber), "test.threads"),
    },
  };
}

function imageSettings(values: Values): ImageSettings {
  const string = (path: string) => typed(values, path, isString);
  const strings = (path: string) => typed(values, path, isStrings);
  return {
    ...optional("base", string("image.base")),
    keepStdlibs: strings("image.keep-stdlibs") ?? [],
    compileAtRunTime: required(
      typed(values, "image.compile-at-run-time", isBoolean),
      "image.compile-at-run-time",
    ),
    ...optional("entrypoint", strings("image.entrypoint")),
    ...optional("cmd", strings("image.cmd")),
    ...optional("workdir", string("image.workdir")),
    expose: strings("image.expose") ?? [],
    volumes: strings("image.volumes") ?? [],
    ...optional("stopSignal", string("image.stop-signal")),
    ...optional("healthcheck", healthcheck(values.records.get("image.healthcheck")?.[0])),
  };
}

function healthcheck(record: RecordValues | undefined): HealthcheckSetting | undefined {
  const command = valueIf(record?.members.get("command"), isStrings);
  if (record === undefined || command === undefined) {
    return undefined;
  }
  const time = (name: string) => {
    const text = valueIf(record.members.get(name), isString);
    return text === undefined ? undefined : durationNanoseconds(text);
  };
  return {
    command,
    ...optional("interval", time("interval")),
    ...optional("timeout", time("timeout")),
    ...optional("startPeriod", time("start-period")),
    ...optional("startInterval", time("start-interval")),
    ...optional("retries", valueIf(record.members.get("retries"), isNumber)),
  };
}

function registry({ members }: RecordValues): RegistrySetting {
  const text = (name: string) => valueIf(members.get(name), isString);
  return {
    ...optional("url", text("url")),
    ...optional("uuid", text("uuid")),
    ...optional("name", text("name")),
  };
}

function secret({ name, members }: RecordValues): SecretSetting {
  return {
    id: name,
    ...optional("target", valueIf(members.get("target"), isString)),
    ...optional("env", valueIf(members.get("env"), isString)),
    required: required(valueIf(members.get("required"), isBoolean), "secrets.required"),
  };
}

function sshAccess(strings: (path: string) => readonly string[]): NonNullable<Spec["ssh"]> {
  return { ids: strings("ssh.ids"), knownHosts: strings("ssh.known-hosts") };
}

function juliaSetting(text: string): JuliaSetting | undefined {
  const version = parseJuliaVersion(text);
  return version === undefined ? undefined : { text, version };
}

export function parseUser(text: string): User {
  const [user = "", group] = text.split(":");
  return {
    text,
    user,
    ...optional("group", group),
    ...optional("uid", numberOf(user)),
    ...optional("gid", group === undefined ? undefined : numberOf(group)),
  };
}

function seconds(duration: string): number {
  return Math.ceil(durationNanoseconds(duration) / 1e9);
}

function numberOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function typed<Value extends KeyDefault>(
  values: Values,
  path: string,
  is: (value: KeyDefault) => value is Value,
): Value | undefined {
  return valueIf(values.scalars.get(path) ?? findKey(path)?.default, is);
}

function valueIf<Value extends KeyDefault>(
  value: KeyDefault | undefined,
  is: (value: KeyDefault) => value is Value,
): Value | undefined {
  return value !== undefined && is(value) ? value : undefined;
}

function required<Value>(value: Value | undefined, path: string): Value {
  if (value === undefined) {
    throw new Error(`the table of keys gives ${path} no default`);
  }
  return value;
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value });
}

function isString(value: KeyDefault): value is string {
  return typeof value === "string";
}

function isStrings(value: KeyDefault): value is readonly string[] {
  return Array.isArray(value);
}

function isBoolean(value: KeyDefault): value is boolean {
  return typeof value === "boolean";
}

function isNumber(value: KeyDefault): value is number {
  return typeof value === "number";
}
