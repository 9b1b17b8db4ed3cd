import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import type { ReturnRequest } from "../../src/buildkit/gen/gateway_pb.ts";
import { StatusSchema } from "../../src/buildkit/gen/status_pb.ts";
import { runFrontend, spawnFrontend } from "./frontend-process.ts";

const sources = { "local://context": { spec: "julia" } };
const metadataOf = (returned: ReturnRequest | undefined) =>
  Object.fromEntries(
    Object.entries(returned?.result?.metadata ?? {}).map(([key, value]) => [
      key,
      Buffer.from(value).toString(),
    ]),
  );

describe.each([false, true])("a build over stdin and stdout (real pipes: %s)", (realPipes) => {
  it("returns its result and exits with 0", async () => {
    const { daemon, exitCode, stderr } = await runFrontend("result", { sources, realPipes });
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(metadataOf(daemon.returned())).toEqual({ spec: "julia" });
    expect(daemon.returned()?.result?.result).toMatchObject({ case: "ref", value: { id: "ref-1" } });
    expect(daemon.calls).toEqual(["ping", "inputs", "solve", "readFile", "solve", "return"]);
  });
});

describe("the wire", () => {
  it("carries nothing that is printed", async () => {
    const { daemon, exitCode, stderr } = await runFrontend("noisy", { sources });
    expect(exitCode).toBe(0);
    expect(metadataOf(daemon.returned())).toEqual({ spec: "julia" });
    expect(stderr).toContain("a line on stdout\nanother\n");
    expect(stderr).toContain("x".repeat(100_000));
  });

  it("starts with HTTP/2's preface", async () => {
    const { stdout } = spawnFrontend("busy");
    const first = await new Promise<Buffer>((resolve) => stdout.once("data", resolve));
    expect(first.toString("latin1", 0, 24)).toBe("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  });

  it("carries files and metadata far larger than HTTP/2's first windows", async () => {
    const content = "x".repeat(9 << 20);
    const { daemon } = await runFrontend("result", { sources: { "local://context": { spec: content } } });
    expect(daemon.returned()?.result?.metadata.spec).toHaveLength(content.length);
  });
});

describe("a result", () => {
  it("for several platforms names each one's reference", async () => {
    const { daemon, exitCode } = await runFrontend("platforms");
    expect(exitCode).toBe(0);
    expect(daemon.returned()?.result?.result).toMatchObject({
      case: "refs",
      value: { refs: { "linux/amd64": { id: "ref-0" }, "linux/arm64": { id: "ref-1" } } },
    });
  });

  it("without a file system is an empty reference, not an empty Return", async () => {
    const { daemon } = await runFrontend("busy");
    expect(daemon.returned()?.result?.result).toMatchObject({ case: "ref", value: { id: "" } });
  });

  it("ends the process at once, whatever still runs", async () => {
    const { exitCode, millisecondsAfterReturn } = await runFrontend("busy");
    expect(exitCode).toBe(0);
    expect(millisecondsAfterReturn).toBeLessThan(500);
  });

  it("that the daemon refuses becomes an error", async () => {
    const { daemon, exitCode } = await runFrontend("unknownReference");
    expect(exitCode).toBe(0);
    expect(daemon.returned()?.error).toMatchObject({ code: 2, message: "no such ref: never-solved" });
  });
});

describe("an error", () => {
  it.each([
    ["throws", "boom"],
    ["silent", "the frontend failed without a message"],
    ["stray", "thrown where nobody waits"],
    ["rejection", "[object Object]"],
    ["unheardOf", "no behaviour unheardOf"],
  ])("is returned, and logged, when the build %s", async (behaviour, message) => {
    const { daemon, exitCode, stderr } = await runFrontend(behaviour);
    expect(daemon.returned()?.error).toMatchObject({ code: 2, message, details: [] });
    expect(daemon.returned()?.result).toBeUndefined();
    expect(stderr).not.toBe("");
    expect(exitCode).toBe(0);
  });

  it("that the person who builds can mend is returned, and not logged", async () => {
    const { daemon, stderr } = await runFrontend("mistake");
    expect(daemon.returned()?.error).toMatchObject({ code: 2, message: "there is no such target" });
    expect(stderr).toBe("");
  });

  it("points at lines, several of them, the last first", async () => {
    const { daemon, stderr } = await runFrontend("points");
    const details = daemon.returned()?.error?.details ?? [];
    const parsed = details.map(({ value }) => JSON.parse(Buffer.from(value).toString()));
    expect(details.map(({ typeUrl }) => typeUrl)).toEqual(
      Array(2).fill("github.com/moby/buildkit/errdefs.Source+json"),
    );
    expect(parsed.map(({ info }) => info.filename)).toEqual(["spec.toml", "spec.toml"]);
    expect(parsed.map(({ ranges }) => ranges[0].start.line)).toEqual([2, 1]);
    expect(stderr).toBe("");
  });

  it("of a failed step is returned byte for byte as it came", async () => {
    const value = Uint8Array.from(Buffer.from('{"inputIDs":["a"],"op":{"exec":{}}}'));
    const details = [create(AnySchema, { typeUrl: "github.com/moby/buildkit/errdefs.Solve+json", value })];
    const failure = create(StatusSchema, { code: 2, message: "exit code: 1", details });
    const { daemon } = await runFrontend("result", { failures: { solve: failure } });
    const returned = daemon.returned()?.error;
    expect(returned && Buffer.from(toBinary(StatusSchema, returned)).toString("hex")).toBe(
      Buffer.from(toBinary(StatusSchema, failure)).toString("hex"),
    );
  });

  it("of a failed Ping is returned too", async () => {
    const failure = { code: 14, message: "not now", details: [] };
    const { daemon } = await runFrontend("result", { failures: { ping: failure } });
    expect(daemon.returned()?.error).toMatchObject({ code: 14, message: "not now" });
  });
});

describe("a daemon that hangs up", () => {
  it.each(["ping", "solve", "readFile", "return"] as const)("at %s ends the process", async (hangUpAt) => {
    const { exitCode } = await runFrontend("result", { sources, hangUpAt });
    expect(exitCode).toBe(1);
  });

  it("before the first byte ends the process", async () => {
    const { child, stdin, stdout } = spawnFrontend("result");
    stdin.end();
    stdout.destroy();
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(1);
  });
});

it("a start by hand, without BuildKit, is told apart", () => {
  const fixture = join(import.meta.dirname, "fixtures/frontend.ts");
  const stdio = ["ignore", "ignore", "pipe"] as const;
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", fixture], { stdio: [...stdio] });
  expect(stderr.toString()).toContain("stdin and stdout are not connected with BuildKit");
  expect(status).toBe(1);
});
