import { describe, expect, it } from "vitest";
import { contextName, readContextRequest } from "../../../src/request/context-request.ts";

const read = (options: Readonly<Record<string, string>>) =>
  readContextRequest(new Map(Object.entries(options)));

describe("contexts", () => {
  it("are known by the names of images as people write them", () => {
    const { contexts } = read({ "context:docker.io/library/julia:latest": "local:x" });
    expect([...contexts.named]).toEqual([["julia", "local:x"]]);
    expect(contextName("julia:1.11::linux/386")).toBe("julia:1.11::linux/386");
    expect(contextName("registry.example.com/julia:latest")).toBe("registry.example.com/julia");
  });

  it("have the address that the option named by contextkey has", () => {
    const options = {
      context: "https://example.com/a.tar",
      contextkey: "other",
      other: "https://example.com/b.tar",
    };
    expect(read(options).contexts.main).toBe("https://example.com/b.tar");
    expect(read({ context: "x" }).contexts.main).toBe("x");
    expect(read({}).contexts.main).toBeUndefined();
  });

  it.each([
    "docker-image://alpine",
    "oci-layout://store@sha256:0",
    "https://example.com/a.git",
    "git@example.com:a",
    "local:folder",
    "input:target",
  ])("of %s are taken", (value) => {
    expect(read({ "context:x": value }).problems).toEqual([]);
  });

  it.each(["ftp://example.com", "", "/folder"])("of %j are refused", (value) => {
    expect(read({ "context:x": value }).problems).toHaveLength(1);
  });
});
