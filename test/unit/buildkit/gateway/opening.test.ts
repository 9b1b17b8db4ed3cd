import { expect, it } from "vitest";
import { openingOf, withoutOpening } from "../../../../src/buildkit/gateway/opening.ts";

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const settings = Buffer.from("000006040000000000000401000000", "hex");
const opening = Buffer.concat([preface, settings]);
const windowUpdate = Buffer.from("00000408000000000000ff0000", "hex");

async function passedOn(...chunks: readonly Buffer[]): Promise<string> {
  const stream = withoutOpening(opening);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return Buffer.concat(await stream.toArray()).toString("hex");
}

it("the opening is the preface and the frame of settings, and nothing after them", () => {
  expect(openingOf(Buffer.concat([opening, windowUpdate]))).toEqual(opening);
});

it.each([
  ["too short", preface],
  ["cut off", opening.subarray(0, -1)],
  ["another frame", Buffer.concat([preface, windowUpdate])],
])("what is no opening is none: %s", (_, bytes) => {
  expect(() => openingOf(bytes)).toThrow("this is not how an HTTP/2 connection begins");
});

it("what follows the opening is passed on, wherever the connection was parted", async () => {
  const bytes = Buffer.concat([opening, windowUpdate]);
  for (let at = 0; at <= bytes.length; at++) {
    const chunks = [bytes.subarray(0, at), bytes.subarray(at), Buffer.from("ff", "hex")];
    expect(await passedOn(...chunks)).toBe(`${windowUpdate.toString("hex")}ff`);
  }
});

it("a connection that begins otherwise is not passed on", async () => {
  const other = Buffer.from(opening);
  other[38] = 1;
  await expect(passedOn(other)).rejects.toThrow("it was recorded with another node");
});
