import { describe, expect, it } from "vitest";
import { migrationOf } from "./migration-of.ts";

describe("the ENV of a Dockerfile", () => {
  it("takes Julia's own variables for keys, and others for [env]", async () => {
    const { spec, needless } = await migrationOf(`FROM julia:1.12
ENV JULIA_NUM_THREADS=auto JULIA_NUM_GC_THREADS="2" JULIA_CPU_TARGET="generic;haswell,-rdrnd"
ENV JULIA_PKG_SERVER https://pkg.example.com
ENV JULIA_NUM_PRECOMPILE_TASKS=2 JULIA_PKG_USE_CLI_GIT=true JULIA_PKG_OFFLINE=0
ENV JULIA_DEPOT_PATH=/opt/depot: JULIA_PROJECT=/app DEBIAN_FRONTEND=noninteractive
ENV TZ=UTC GREETING="two words" PRICE='5\\$'
`);
    expect(spec).toMatchObject({
      run: { threads: "auto", gcThreads: "2" },
      precompile: { cpuTarget: "generic;haswell,-rdrnd", tasks: 2 },
      pkg: { server: "https://pkg.example.com", useCliGit: true, offline: false },
      depot: { path: "/opt/depot" },
    });
    expect([...spec.env]).toEqual([
      ["TZ", "UTC"],
      ["GREETING", "two words"],
      ["PRICE", "5$"],
    ]);
    expect(needless.filter((line) => line.startsWith("line 5: "))).toHaveLength(2);
  });

  it("replaces variables by what was set before, and keeps arguments", async () => {
    const { spec, text } = await migrationOf(`ARG LEVEL=info
FROM julia:1.12 AS one
ENV HOME_OF=/srv
FROM one
ARG LEVEL
ENV DATA=$HOME_OF/data LOG_LEVEL=\${LEVEL} MODE=\${MODE:-fast}
ENV DATA=$DATA/now
`);
    expect(Object.fromEntries(spec.env)).toMatchObject({
      DATA: "/srv/data/now",
      LOG_LEVEL: "info",
      MODE: "fast",
    });
    expect(text).toContain('LOG_LEVEL = "${LEVEL}" # line 6\n');
  });

  it("says which value is not to be seen, and which variable the build alone has", async () => {
    const { spec, leftOver } = await migrationOf(`FROM julia:1.12 AS build
ENV CFLAGS=-O2 JULIA_CPU_TARGET=generic
FROM julia:1.12
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH
`);
    expect(spec.env.size).toBe(0);
    expect(spec.precompile.cpuTarget).toBe("generic");
    expect(leftOver).toContainEqual(
      expect.stringMatching(/^line 2: ENV CFLAGS: it is set while building alone/),
    );
    expect(leftOver).toContainEqual(expect.stringMatching(/^line 5: ENV PATH: the value of PATH is not in/));
  });

  it.each(["/root/.julia", "/home/app/.julia:", "~/depot"])(
    "leaves the depot where it is for %j",
    async (path) => {
      const { spec } = await migrationOf(`FROM julia:1.12\nENV JULIA_DEPOT_PATH=${path}\n`);
      expect(spec.depot.path).toBe("/opt/julia/depot");
    },
  );
});
