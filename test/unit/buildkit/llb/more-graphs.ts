import type { ExecOptions, MarshalOptions, State } from "../../../../src/buildkit/llb/index.ts";
import {
  exec,
  file,
  git,
  http,
  image,
  local,
  ociLayout,
  scratch,
} from "../../../../src/buildkit/llb/index.ts";

/** A graph, and how to marshal it where that matters. */
export interface Graph {
  readonly state: State;
  readonly options?: Partial<MarshalOptions>;
}

const base = image("registry.example.com/julia:1.11");
const run = (options: Partial<ExecOptions>) => exec(base, { args: ["true"], ...options });
const root = (options: Partial<ExecOptions>): Graph => ({ state: run(options).root });
const arm = image("julia", { platform: { os: "linux", architecture: "arm64" } });
const bind = (target: string) => ({ type: "bind", target, source: scratch }) as const;

const outputs = run({ mounts: [bind("/\u{1f600}"), bind("/\uff5e"), bind("/Z"), bind("/a")] });
const copy = { type: "copy", from: image("a"), src: "/", dest: "/" } as const;

const text = Buffer.from("a\nb\n");
const ranges = [{ start: { line: 1 }, end: { line: 2, character: 3 } }];
const buildfile = { filename: "Buildfile", language: "TOML", data: text };
const sameBuildfile = { ...buildfile, data: Buffer.from("a\nb\n") };
const other = { filename: "Other", data: new Uint8Array() };

const execGraphs: Record<string, Graph> = {
  ulimits: root({
    ulimits: [
      { name: "nofile", soft: 1024, hard: 4096 },
      { name: "core", soft: 0, hard: -1 },
    ],
  }),
  "extra-hosts": root({
    extraHosts: [
      { host: "one.example.com", ip: "10.0.0.1" },
      { host: "two.example.com", ip: "::1" },
    ],
  }),
  "hostname-user-cgroup": root({
    hostname: "builder",
    user: "1000:1000",
    cgroupParent: "group",
    cwd: "work",
  }),
  "secret-env": root({
    secretEnv: [{ name: "TOKEN", id: "token", optional: true }],
    mounts: [{ type: "secret", target: "/run/file", id: "file", uid: 7, gid: 8, mode: 0o444 }],
  }),
  "secret-env-only": root({ secretEnv: [{ name: "TOKEN", id: "token" }] }),
  tmpfs: root({ mounts: [{ type: "tmpfs", target: "/tmp" }] }),
  "cache-private": root({ mounts: [{ type: "cache", target: "/cache", id: "id", sharing: "private" }] }),
  "cache-shared-base": root({
    mounts: [
      {
        type: "cache",
        target: "/cache",
        id: "id",
        source: image("registry.example.com/seed"),
        selector: "/depot",
      },
    ],
  }),
  "cache-readonly": root({
    mounts: [{ type: "cache", target: "/cache", id: "id", sharing: "locked", readonly: true }],
  }),
  ssh: root({
    mounts: [
      { type: "ssh", id: "default" },
      { type: "ssh", id: "other", target: "/sock", uid: 1, gid: 2, mode: 0o666, optional: true },
    ],
  }),
  "ssh-own-variable": root({ env: { SSH_AUTH_SOCK: "/mine" }, mounts: [{ type: "ssh", id: "default" }] }),
  "security-none": root({ security: "insecure", network: "none" }),
  proxy: root({ proxyEnv: { ftpProxy: "f", allProxy: "a", httpsProxy: "s" } }),
  "proxy-empty": root({ proxyEnv: {} }),
  "readonly-root": { state: run({ readonlyRoot: true, mounts: [bind("/out")] }).output("/out") },
  "discard-changes": root({
    mounts: [
      { type: "bind", target: "/in", source: base, discardChanges: true },
      { type: "bind", target: "/a", source: base, contentCache: "off" },
      { type: "bind", target: "/b", source: base, readonly: true, contentCache: "on" },
    ],
  }),
  "outputs-a": { state: outputs.output("/a") },
  "outputs-wide": { state: outputs.output("/\uff5e") },
  "outputs-astral": { state: outputs.output("/\u{1f600}") },
  "default-path": { state: run({}).root, options: { supports: () => true } },
  "no-default-path": { state: run({}).root, options: { supports: () => false } },
  "no-default-path-set": { state: run({ env: { PATH: "/bin" } }).root, options: { supports: () => false } },
  "env-replace": root({ env: { B: "2", A: "3", É: "" }, args: ["", "\u2028"] }),
};

const metadataGraphs: Record<string, Graph> = {
  "linux-resources": root({
    linuxResources: {
      memory: 2 ** 40,
      memorySwap: -1,
      cpuShares: 2,
      cpuPeriod: 3,
      cpuQuota: -4,
      cpusetCpus: "0-3",
      cpusetMems: "0",
    },
  }),
  metadata: root({
    ignoreCache: true,
    name: "name",
    description: { "10": "ten", "9": "nine", b: "", a: "x" },
    exportCache: true,
  }),
  "no-export-cache": root({ exportCache: false }),
  locations: {
    state: exec(
      run({
        args: ["a"],
        locations: [
          { file: buildfile, ranges },
          { file: other, ranges },
        ],
      }).root,
      { args: ["b"], locations: [{ file: sameBuildfile, ranges }] },
    ).root,
  },
};

const sourceGraphs: Record<string, Graph> = {
  "oci-layout": {
    state: ociLayout("store@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", {
      session: "session",
      store: "store",
      layerLimit: 3,
    }),
  },
  "image-options": {
    state: image("julia", {
      resolveMode: "pull",
      recordType: "internal",
      layerLimit: 2,
      platform: { os: "linux", architecture: "arm", variant: "v7" },
    }),
  },
  "image-local": { state: image("team/app", { resolveMode: "local" }) },
  "platform-options": {
    state: image("x", {
      platform: { os: "windows", architecture: "amd64", osVersion: "10.0.1", osFeatures: ["win32k"] },
    }),
  },
  "local-unique": { state: local("context") },
  "http-options": {
    state: http("https://files.example.com/a?b#c", {
      mode: 0o600,
      uid: 1000,
      gid: 0,
      authHeaderSecret: "header",
      accept: "a",
      userAgent: "u",
    }),
  },
  "git-options": {
    state: git("https://git.example.com/team/repo.git/#main:/sub/../dir/", {
      checksum: "abc",
      skipSubmodules: true,
      mtime: "commit",
      authTokenSecret: "token",
      fetchByCommit: true,
    }),
  },
  "git-subdir": { state: git("git.example.com/team/repo.git", { subdirectory: "dir" }) },
  "git-scp": {
    state: git("git@git.example.com:team/repo.git", {
      ref: "v1",
      knownSshHosts: "host key",
      sshSocket: "agent",
    }),
  },
  "git-ssh": {
    state: git("ssh://git@git.example.com:2222/team/repo.git", { knownSshHosts: "host key\n" }),
  },
  "git-user": { state: git("HTTPS://user@git.example.com/a%20b") },
};

const fileGraphs: Record<string, Graph> = {
  "copies-order": {
    state: file(scratch, [
      { type: "copy", from: outputs.output("/a"), src: "/", dest: "/x" },
      { type: "copy", from: outputs.output("/Z"), src: "x/../y", dest: "d/" },
      { type: "copy", from: base, src: ".", dest: "/." },
    ]),
  },
  symlink: {
    state: file(scratch, [
      { type: "symlink", target: "../a", path: "b", owner: { user: 0 }, timestamp: 1_000_000_005n },
    ]),
  },
  files: {
    state: file(base, [
      { type: "mkdir", path: "a/../b/", mode: 0o1777, owner: { group: "staff" } },
      { type: "mkfile", path: "f", mode: 0, data: "" },
      { type: "rm", path: "/x*", wildcard: true, allowNotFound: true },
      { type: "mkfile", path: "/g", mode: 0o600, data: Uint8Array.of(0, 255), timestamp: 0n },
    ]),
  },
  "copy-options": {
    state: file(base, [
      {
        ...copy,
        src: "a b",
        dest: "/d/.",
        mode: 0o755,
        followSymlink: true,
        unpack: true,
        replaceExisting: true,
        requiredPaths: ["r"],
        includePatterns: ["i"],
      },
    ]),
  },
  "copy-mode-text": { state: file(base, [{ ...copy, mode: "u+x" }]) },
  "copy-mode-zero": { state: file(base, [{ ...copy, from: scratch, dest: "", mode: 0 }]) },
};

const layerGraphs: Record<string, Graph> = {
  scratch: { state: scratch },
  "platform-inherited": {
    state: exec(file(exec(arm, { args: ["a"] }).root, [{ type: "mkdir", path: "/x", mode: 0o755 }]), {
      args: ["b"],
    }).root,
  },
};

/** By the name of the vector that BuildKit's Go library made of the same graph. */
export const moreGraphs: Readonly<Record<string, Graph>> = {
  ...execGraphs,
  ...metadataGraphs,
  ...sourceGraphs,
  ...fileGraphs,
  ...layerGraphs,
};
