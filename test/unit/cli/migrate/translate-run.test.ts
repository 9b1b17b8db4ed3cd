import { describe, expect, it } from "vitest";
import { migrationOf, project } from "./migration-of.ts";

const start = "FROM julia:1.12\nWORKDIR /app\nCOPY . .\n";
const run = (...lines: readonly string[]) => migrationOf(`${start}${lines.join("\n")}\n`);

describe("the RUN of a Dockerfile", () => {
  it("takes Debian packages of the image, and those of stages that only build", async () => {
    const { spec } = await migrationOf(`ARG EXTRA="libgomp1 libxml2"
FROM julia:1.12 AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc make
RUN apt-get install -y cmake=3.25.1-1
FROM julia:1.12
ARG EXTRA
RUN set -eux; apt-get update -qq \\
    # what the program needs; don't remove
    && apt-get install -t stable -y $EXTRA "tzdata" git \\
    && apt-get purge -y git && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
`);
    expect(spec.packages.apt).toEqual(["libgomp1", "libxml2", "tzdata"]);
    expect(spec.packages.buildApt).toEqual(["gcc", "make", "cmake=3.25.1-1", "git"]);
  });

  it("does not look at stages that the image does not use", async () => {
    const { spec } = await migrationOf(
      "FROM julia:1.11 AS docs\nRUN apt-get install -y pandoc\nFROM julia:1.12\n",
    );
    expect(spec.packages).toEqual({ apt: [], buildApt: [] });
  });

  it("drops what a build does", async () => {
    const { needless, leftOver } = await run(
      `RUN --mount=type=cache,target=/root/.julia julia --project -e 'using Pkg; Pkg.instantiate(); \\`,
      "    Pkg.precompile()' && chown -R 1000 /app",
    );
    expect(needless.filter((line) => line.startsWith("line 4: "))).toEqual([
      expect.stringContaining("the build has a cache of its own"),
      "line 4: Pkg.instantiate(): the build does that",
      "line 4: Pkg.precompile(): the build does that",
    ]);
    expect(needless).toContainEqual(
      expect.stringMatching(/^line 5: RUN chown -R 1000 \/app: every user can read/),
    );
    expect(leftOver.filter((line) => /^line [45]/.test(line))).toEqual([]);
  });

  it("names packages that the project has not", async () => {
    const { leftOver, needless } = await run(
      `RUN julia -e 'using Pkg; Pkg.add("Example"); Pkg.add(["CSV", "Example"]); pkg"add HTTP"'`,
      `RUN julia -e "import Pkg; Pkg.add(url=\\"https://git.example.com/Secret.jl\\")"`,
    );
    expect(needless).toContain('line 4: Pkg.add("Example"): the project has what it adds');
    expect(leftOver).toContainEqual(
      expect.stringContaining(
        "CSV is not in Project.toml: `julia --project=. -e 'using Pkg; Pkg.add([\"CSV\"])'`",
      ),
    );
    expect(leftOver).toContainEqual(expect.stringContaining("HTTP is not in Project.toml"));
    expect(leftOver).toContainEqual(
      expect.stringContaining("add https://git.example.com/Secret.jl to the project"),
    );
  });

  it("takes registries besides General", async () => {
    const { spec } = await run(
      `RUN julia -e 'using Pkg; Pkg.Registry.add("General"); Pkg.Registry.add(RegistrySpec(url = "https://git.example.com/r.git"))'`,
    );
    expect(spec.registries).toMatchObject([{ url: "https://git.example.com/r.git" }]);
  });

  it("makes a workload of what PackageCompiler runs", async () => {
    const { spec, text } = await run(
      `RUN julia -e 'using PackageCompiler; create_sysimage(["App"]; sysimage_path="s.so", precompile_execution_file="warm/up.jl")'`,
    );
    expect(spec.precompile.workload).toBe("warm/up.jl");
    expect(text).toContain('workload = "warm/up.jl" # line 4\n');
    const { leftOver } = await run(`RUN julia -e 'using PackageCompiler; create_sysimage([:App])'`);
    expect(leftOver.some((line) => line.includes("docs/first-request.md"))).toBe(true);
  });

  it("looks into a script of the project that a RUN names", async () => {
    const files = {
      "Project.toml": project,
      "build/image.jl":
        'using PackageCompiler\ncreate_sysimage([:App]; # all\n  precompile_execution_file = "warm.jl")\n',
      "other.jl": 'write("file", 1)\n',
    };
    const made = await migrationOf(`${start}WORKDIR /app/build\nRUN julia image.jl\n`, files);
    expect(made.spec.precompile.workload).toBe("build/warm.jl");
    expect(made.needless).toContainEqual(
      expect.stringContaining("what build/image.jl does is done by the build"),
    );
    const other = await migrationOf(`${start}RUN julia other.jl\n`, files);
    expect(other.leftOver).toContainEqual(
      expect.stringMatching(/^line 4: RUN julia other.jl: a build runs no script/),
    );
  });

  it("says how private packages are given", async () => {
    const { leftOver } = await run(
      "RUN --mount=type=secret,id=token,target=/root/.netrc --mount=type=ssh julia -e 'using Pkg; Pkg.instantiate()'",
      "RUN --mount=type=secret,id=plain true",
    );
    expect(leftOver).toContainEqual(
      expect.stringContaining('[secrets.token] with `target = "/root/.netrc"`'),
    );
    expect(leftOver).toContainEqual(
      expect.stringContaining('[secrets.plain] with `target = "/run/secrets/plain"`'),
    );
    expect(leftOver).toContainEqual(expect.stringContaining("[ssh] with `known-hosts`"));
  });

  it("reads here-documents, of a shell and of Julia", async () => {
    const { spec, needless, leftOver } = await run(
      "RUN <<EOF",
      "set -e # it's on",
      "apt-get install -y libgomp1",
      "julia -e 'using Pkg",
      "Pkg.instantiate()'",
      "EOF",
      "RUN julia <<END",
      "using Pkg",
      'Pkg.add("CSV")',
      "END",
    );
    expect(spec.packages.apt).toEqual(["libgomp1"]);
    expect(needless).toContain("line 7: Pkg.instantiate(): the build does that");
    expect(leftOver).toContainEqual(expect.stringMatching(/^line 10: Pkg.add\("CSV"\): CSV is not in/));
  });

  it.each([
    "RUN curl -L https://example.com/julia-1.12.tar.gz | tar -xz -C /opt && ln -s /opt/julia/bin/julia /bin/julia",
    "RUN curl -fsSL https://install.julialang.org | sh -s -- -y",
    "RUN rm -rf /tmp/x && gcc --version && cp -r ~/.julia /depot && echo done",
    "RUN --mount=type=cache,target=/var/cache/apt apt-get update",
  ])("leaves nothing to do of %j", async (line) => {
    const { leftOver } = await run(line);
    expect(leftOver.filter((one) => one.startsWith("line 4: "))).toEqual([]);
  });

  it.each([
    ["RUN --mount=from=node,target=/node true", "files of another image have to be in the base"],
    ["RUN make -C src", "there is no counterpart"],
    ["RUN pip install numpy", "docs/packages-that-need-more.md"],
    ["RUN apk add git", "Debian packages of the same content"],
    ["RUN git clone https://git.example.com/x", "take the repository as a package of the manifest"],
    ["RUN apt-get upgrade -y", "name a newer `base`"],
    ["RUN echo a > /etc/motd", "there is no counterpart"],
    ["RUN mkdir -p /data", "[image] volumes"],
    ["RUN if [ -n x ]; then true; fi", "no step of the build depends on a condition"],
    ["RUN --network=none true", "docker buildx build --network"],
    [`RUN julia -e 'using Conda; Conda.add("jupyter")'`, "docs/packages-that-need-more.md"],
    [`RUN julia -e 'write("x", 1)'`, "a build runs no script of your own"],
    [`RUN julia -e 'using Pkg; Pkg.update()'`, "versions change when you change the manifest"],
  ])("says what to do about %j", async (line, todo) => {
    const { leftOver } = await run(line);
    expect(leftOver.filter((one) => one.startsWith("line 4: "))).toEqual([expect.stringContaining(todo)]);
  });

  it("takes variables of a command that are about the build", async () => {
    const { spec } = await run(
      `RUN JULIA_CPU_TARGET=generic JULIA_DEPOT_PATH=/tmp/d julia -e 'ENV["JULIA_PKG_SERVER"] = "https://pkg.example.com"'`,
    );
    expect(spec.precompile.cpuTarget).toBe("generic");
    expect(spec.pkg.server).toBe("https://pkg.example.com");
    expect(spec.depot.path).toBe("/opt/julia/depot");
  });
});
