import { expect, it } from "vitest";
import {
  exec,
  file,
  headDigest,
  headDigestWith,
  image,
  marshal,
  merge,
  type Output,
} from "../../../../src/buildkit/llb/index.ts";

const options = { platform: { os: "linux", architecture: "amd64" } };

const on = (base: Output) => {
  const built = exec(base, { args: ["true"] }).root;
  const alone = file(image("debian"), [{ type: "mkdir", path: "/a", mode: 0o755 }]);
  return marshal(merge([file(built, [{ type: "rm", path: "/b" }]), alone]), options);
};
const here = image("julia", { resolveMode: "local" });
const anywhere = image("julia");
const digestOf = (base: Output) => headDigest(marshal(base, options)) ?? "";

it("with another vertex in the place of one is what encoding it with the other gives", () => {
  const replacements = new Map([[digestOf(here), digestOf(anywhere)]]);
  expect(headDigestWith(on(here), replacements)).toBe(headDigest(on(anywhere)));
  expect(headDigest(on(here))).not.toBe(headDigest(on(anywhere)));
});

it("is the definition's own if nothing of it is replaced", () => {
  expect(headDigestWith(on(here), new Map([["sha256:a", "sha256:b"]]))).toBe(headDigest(on(here)));
  expect(headDigestWith(marshal(here, options), new Map([[digestOf(here), "sha256:b"]]))).toBe("sha256:b");
  expect(headDigestWith(marshal(null, options), new Map())).toBeUndefined();
});
