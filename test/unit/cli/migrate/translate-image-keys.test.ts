import { describe, expect, it } from "vitest";
import { migrationOf } from "./migration-of.ts";

describe("what a Dockerfile says of its image", () => {
  it("takes ports, volumes, labels, signal and health check", async () => {
    const { spec } = await migrationOf(`FROM julia:1.12
EXPOSE 8080 53/udp
VOLUME ["/data", "/log"]
LABEL org.opencontainers.image.title="my app" team=a
MAINTAINER Someone
STOPSIGNAL SIGINT
HEALTHCHECK --interval=10s --retries=2 CMD ["julia", "-e", "\\"$x\\""]
`);
    expect(spec.image.stopSignal).toBe("SIGINT");
    expect(spec.image.healthcheck).toMatchObject({ command: ["julia", "-e", '"$x"'], retries: 2 });
    expect(spec.image.volumes).toEqual(["/data", "/log"]);
    expect(Object.fromEntries(spec.labels)).toEqual({
      "org.opencontainers.image.title": "my app",
      team: "a",
      "org.opencontainers.image.authors": "Someone",
    });
  });

  it("has a shell run the text of a health check, and names the program", async () => {
    const { text, leftOver } = await migrationOf(
      "FROM julia:1.12\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n",
    );
    expect(text).toContain('command = [ "/bin/sh", "-c", "curl -f http://localhost/ || exit 1" ] # line 2\n');
    expect(leftOver).toContainEqual(expect.stringContaining("`curl` has to be in the image"));
  });

  it.each([
    ["USER 1001:1001", { uid: 1001, gid: 1001 }],
    ["RUN useradd -m --uid 4000 app\nUSER app", { uid: 4000, gid: 4000 }],
    ["RUN adduser --disabled-password app\nUSER app", { uid: 1000, gid: 1000 }],
    ["USER nobody", { user: "nobody" }],
    ["USER root", { uid: 1000, gid: 1000 }],
    ["", { uid: 1000, gid: 1000 }],
  ])("takes the user of %j", async (lines, user) => {
    const { spec } = await migrationOf(`FROM julia:1.12\n${lines}\n`);
    expect(spec.user).toMatchObject(user);
  });

  it.each([
    ['SHELL ["/bin/bash", "-c"]', "there is no key"],
    ["ONBUILD RUN x", "there is no counterpart"],
    ["HEALTHCHECK NONE", "there is no key"],
    ["EXPOSE $PORT", "PORT has no value here"],
    ["EXPOSE 99999", "it is not taken, since"],
    ["NONSENSE a", "no instruction that is known"],
  ])("says what to do about %j", async (line, todo) => {
    const { leftOver } = await migrationOf(`FROM julia:1.12\n${line}\n`);
    expect(leftOver.filter((one) => one.startsWith("line 2: "))).toEqual([expect.stringContaining(todo)]);
  });
});
