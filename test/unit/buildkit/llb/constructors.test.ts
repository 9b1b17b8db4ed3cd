import { expect, it } from "vitest";
import { definitionToJson } from "../../../../src/buildkit/llb/definition-json.ts";
import {
  exec,
  file,
  git,
  headDigest,
  image,
  local,
  marshal,
  scratch,
} from "../../../../src/buildkit/llb/index.ts";

const base = image("registry.example.com/julia:1.11");
const options = { platform: { os: "linux", architecture: "amd64" } };

it("an exec without arguments is refused", () => {
  expect(() => exec(base, { args: [] })).toThrow("an exec needs arguments");
});

it.each(["/", "/out"])("a second mount at %s is refused", (target) => {
  const mounts = [
    { type: "bind", target: "/out", source: scratch },
    { type: "tmpfs", target },
  ] as const;
  expect(() => exec(base, { args: ["true"], mounts })).toThrow(`two mounts at ${target}`);
});

it("only a bind mount that keeps its changes is an output", () => {
  const context = local("context", { session: "s" });
  const { output } = exec(base, {
    args: ["true"],
    mounts: [
      { type: "cache", target: "/cache", id: "a" },
      { type: "tmpfs", target: "/tmp" },
      { type: "bind", target: "/lost", source: scratch, discardChanges: true },
      { type: "bind", target: "/in", source: context, readonly: true },
      { type: "bind", target: "/out", source: scratch },
    ],
  });
  for (const target of ["/cache", "/tmp", "/lost"]) {
    expect(() => output(target)).toThrow(`the mount at ${target} is no output`);
  }
  expect(() => output("/none")).toThrow("no mount at /none");
  expect(output("/in")).toBe(context);
  expect(output("/out").index).toBe(1);
});

it("an empty list of file actions is refused", () => {
  expect(() => file(base, [])).toThrow("needs an action");
});

it("a name that is no image's is refused", () => {
  expect(() => image("Not an image")).toThrow('not an image name: "Not an image"');
});

it("a URL that git cannot fetch is refused", () => {
  expect(() => git("ftp://git.example.com/a")).toThrow("not a git URL");
});

it("a local source without a session needs an id that no other build has", () => {
  expect(() => marshal(local("context"), options)).toThrow("needs a session");
});

it("vertices of the same bytes are one step, which has what both say of it", () => {
  const file = (filename: string) => ({ filename, data: Buffer.from("a\n") });
  const place = (filename: string) => [
    { file: file(filename), ranges: [{ start: { line: 1 }, end: { line: 1 } }] },
  ];
  const one = image("a", { name: "one", locations: place("One") });
  const two = image("a", { name: "two", locations: place("Two"), ignoreCache: true });
  const mounts = [{ type: "bind", target: "/two", source: two, readonly: true }] as const;
  const definition = marshal(exec(one, { args: ["true"], mounts }).root, options);
  expect(definition.def).toHaveLength(3);
  const [{ digest = "" } = {}] = definitionToJson(definition);
  expect(definition.metadata[digest]).toMatchObject({
    ignoreCache: true,
    description: { "llb.customname": "two" },
  });
  expect(definition.Source?.locations[digest]?.locations).toHaveLength(2);
});

it("patterns of a local source are JSON as Go writes it", () => {
  const includePatterns = ["<a>&\u2028", '\b\f\n\t"\\\x7f\u00e9'];
  const { def } = marshal(local("context", { session: "s", includePatterns }), options);
  // As in a definition that BuildKit's Go library made.
  const written = '["\\u003ca\\u003e\\u0026\\u2028","\\b\\f\\n\\t\\"\\\\\u007fé"]';
  expect(Buffer.from(def[0] ?? []).toString()).toContain(written);
});

it("the head of a definition is the vertex that makes its result", () => {
  const definition = marshal(exec(base, { args: ["true"] }).root, options);
  expect(headDigest(definition)).toBe(definitionToJson(definition).at(-2)?.digest);
  expect(headDigest(marshal(scratch, options))).toBeUndefined();
});

it("a vertex that is used many times is written once", () => {
  let state = exec(base, { args: ["0"] }).root;
  for (let depth = 1; depth < 40; depth++) {
    const mounts = [{ type: "bind", target: "/before", source: state, readonly: true }] as const;
    state = exec(state, { args: [String(depth)], mounts }).root;
  }
  expect(marshal(state, options).def).toHaveLength(42);
});

it.each([
  ["patterns of a copy", "file.copy.includeexcludepatterns"],
  ["a control group", "exec.meta.cgroup.parent"],
])("a daemon that would ignore %s is not given it", (_, capability) => {
  const copy = { type: "copy", from: base, src: "/", dest: "/", excludePatterns: ["secret"] } as const;
  const state = exec(file(scratch, [copy]), { args: ["true"], cgroupParent: "/builds" }).root;
  const named = (supports?: (id: string) => boolean) =>
    Object.values(marshal(state, { ...options, supports }).metadata).flatMap(({ caps }) => Object.keys(caps));
  expect(named((id) => id !== capability)).toContain(capability);
  expect(named(() => true)).not.toContain(capability);
  expect(named()).not.toContain(capability);
});

it("what is made within an operation is the source of a copy, and its result another than the operation's", () => {
  const made = [
    { type: "mkdir", path: "/a", mode: 0o755 },
    { type: "mkfile", path: "/a/b", mode: 0o644, data: "text" },
  ] as const;
  const actions = [
    { type: "mkdir", path: "/before", mode: 0o755 },
    { type: "copy", from: { made }, src: "/a/b", dest: "/c" },
    { type: "copy", from: base, src: "/d", dest: "/e" },
  ] as const;
  const [, operation] = definitionToJson(marshal(file(base, actions), options));
  // The operation has one input, number 0, which is not written; the results of its actions have the numbers from 1 on.
  expect(operation?.op).toMatchObject({
    inputs: [{}],
    file: {
      actions: [
        { secondaryInput: "-1", output: "-1", mkdir: { path: "/before" } },
        { input: "-1", secondaryInput: "-1", output: "-1", mkdir: { path: "/a" } },
        { input: "2", secondaryInput: "-1", output: "-1", mkfile: { path: "/a/b" } },
        { input: "1", secondaryInput: "3", output: "-1", copy: { src: "/a/b" } },
        { input: "4", copy: { src: "/d" } },
      ],
    },
  });
});
