import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSpec } from "../../../../src/buildfile/read-spec.ts";
import { runMigrate } from "../../../../src/cli/migrate/run-migrate.ts";
import { UsageError } from "../../../../src/cli/tool-options.ts";
import { type Files, folderOf } from "../memory-folder.ts";
import { migrationOf, project } from "./migration-of.ts";

const dockerfile = 'FROM julia:1.12\nWORKDIR /app\nCOPY . .\nUSER 1000\nCMD ["julia", "main.jl"]\n';
const files = { "Project.toml": project, "main.jl": "", Dockerfile: dockerfile };

async function migrate(content: Files, ...args: readonly string[]) {
  const folder = folderOf(content);
  return { ...(await runMigrate(args, folder)), written: folder.written };
}

describe("migrate", () => {
  it("writes a spec for the Dockerfile, with its lines, and says what became of it", async () => {
    const { exitCode, stdout, written } = await migrate(files);
    expect(exitCode).toBe(0);
    expect(written["julia.toml"]).toBe(`# syntax=registry.example.com/julia:1

julia = "1.12" # line 1
main = "main.jl" # line 5
user = "1000" # line 4
`);
    expect(written[".dockerignore"]).toContain(".git\n");
    expect(stdout).toContain("Wrote julia.toml and .dockerignore.\nFrom Dockerfile:\n  line 1: julia = ");
    expect(stdout).toContain("Build with: docker buildx build -f julia.toml -t app .\n");
  });

  it("reads another file, and prints the spec alone for the frontend that is named", async () => {
    const { Dockerfile: text, ...others } = files;
    const args = ["--file", "docker/app.Dockerfile", "--print", "--frontend", "julia-frontend"];
    const { stdout, stderr, written } = await migrate({ ...others, "docker/app.Dockerfile": text }, ...args);
    expect(written).toEqual({});
    expect(stdout).toMatch(/^# syntax=julia-frontend\n\njulia = "1\.12" # line 1\n/);
    expect(stderr).toContain("From docker/app.Dockerfile:\n");
  });

  it("takes the project that is named, where there are several", async () => {
    const several = {
      Dockerfile: "FROM julia:1.12\n",
      "one/Project.toml": project,
      "two/Project.toml": project,
    };
    const unnamed = await migrate(several, "--print");
    expect(unnamed.stderr).toContain("There are several projects: one, two. Name one: migrate one");
    expect((await migrate(several, "--print", "two")).stdout).toContain('project = "two"\n');
  });

  it("writes over nothing", async () => {
    const refused = await migrate({ ...files, "julia.toml": "mine" });
    expect(refused).toMatchObject({ exitCode: 1, written: {} });
    expect(refused.stderr).toContain("There is a julia.toml already");
    const { written } = await migrate({ ...files, ".dockerignore": "" });
    expect(Object.keys(written)).toEqual(["julia.toml"]);
  });

  it("says what is wrong", async () => {
    expect((await migrate({})).stderr).toBe("There is no Dockerfile here: --file names another one.\n");
    expect((await migrate({ Dockerfile: "hello\n" })).stderr).toBe(
      "Dockerfile has no FROM: it is no Dockerfile.\n",
    );
    expect((await migrate(files, "--file", "../Dockerfile")).stderr).toMatch(
      /^\.\.\/Dockerfile is not in the folder/,
    );
    expect((await migrate({ Dockerfile: "#".repeat(300_000) })).stderr).toMatch(
      /^Dockerfile is larger than 64 KiB/,
    );
    expect((await runMigrate([], undefined)).stderr).toContain('-v "$PWD:/work"');
    await expect(migrate(files, "--nonsense")).rejects.toThrow(UsageError);
    await expect(migrate(files, "one", "two")).rejects.toThrow(UsageError);
  });

  it("never makes anything but a value of what a Dockerfile says", async () => {
    const words = fc.array(fc.string({ unit: "binary" }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(words, async (arguments_) => {
        const command = ["/serve", ...arguments_];
        const { spec, leftOver } = await migrationOf(`FROM julia:1.12\nCMD ${JSON.stringify(command)}\n`);
        const isRefused = leftOver.some((line) => line.includes("it is not taken"));
        expect(spec.image.cmd).toEqual(isRefused ? undefined : command);
        expect(
          [...spec.spans.keys()].filter((key) => !["julia", "image", "image.cmd"].includes(key)),
        ).toEqual([]);
      }),
    );
  });

  it("reads any text, and what it proposes is a spec", async () => {
    const keyword = fc.constantFrom(
      ...[
        "FROM",
        "RUN",
        "ENV",
        "ARG",
        "COPY",
        "CMD",
        "ENTRYPOINT",
        "LABEL",
        "USER",
        "WORKDIR",
        "HEALTHCHECK",
      ],
      ...["EXPOSE", "VOLUME", "SHELL", "ONBUILD", "ADD", "STOPSIGNAL", "#"],
    );
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        ...[
          "julia",
          "julia:1.12",
          "-e",
          "'",
          '"',
          "\\\n",
          "$A",
          "${A:-b}",
          "<<EOF\n",
          "\nEOF\n",
          "&&",
          "|",
          "apt-get install",
        ],
        ...[
          "using Pkg; Pkg.add(",
          "--mount=type=secret,id=a",
          "--from=0",
          "AS a",
          "[",
          "]",
          "A=b",
          "/app",
          "Project.toml",
        ],
      ),
    );
    const line = fc
      .tuple(keyword, fc.array(piece, { maxLength: 8 }))
      .map(([first, pieces]) => `${first} ${pieces.join(" ")}`);
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(line, { maxLength: 8 }).map((lines) => ["FROM julia:1.12", ...lines].join("\n")),
    );
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const { exitCode, stdout } = await migrate(
          { "Project.toml": project, Dockerfile: content },
          "--print",
        );
        if (exitCode !== 0) return;
        const { diagnostics } = readSpec({ name: "julia.toml", text: stdout.toString() });
        expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
