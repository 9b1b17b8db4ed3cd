import { describe, expect, it } from "vitest";
import { migrationOf } from "./migration-of.ts";

const start = "FROM julia:1.12\nWORKDIR /app\nCOPY . .\n";

describe("what a container of a Dockerfile starts", () => {
  it.each([
    ['CMD ["julia", "--project=.", "main.jl"]', { main: "main.jl" }],
    ['ENTRYPOINT ["julia", "/app/src/main.jl"]', { main: "src/main.jl" }],
    ["CMD julia --project bin/serve.jl", { main: "bin/serve.jl" }],
    ['ENTRYPOINT ["/usr/local/julia/bin/julia"]\nCMD ["main.jl"]', { main: "main.jl" }],
    ['CMD ["/bin/sh", "-c", "julia main.jl"]', { main: "main.jl" }],
    ['CMD ["julia", "-m", "App"]', { module: "App" }],
    [`CMD ["julia", "-e", "using App; App.main()"]`, { module: "App" }],
    [`CMD ["julia", "-e", "using App: main; main(ARGS)"]`, { module: "App" }],
    [`CMD julia -e 'import Pkg; Pkg.activate("."); include("run.jl")'`, { main: "run.jl" }],
    ['CMD ["julia"]', {}],
  ])("takes %j for its key", async (line, expected) => {
    const { spec } = await migrationOf(`${start}${line}\n`);
    expect({ main: spec.main, module: spec.module }).toEqual({
      main: undefined,
      module: undefined,
      ...expected,
    });
    expect(spec.image.entrypoint ?? spec.image.cmd).toBeUndefined();
  });

  it("takes flags for keys, and says which ones are needless", async () => {
    const flags = '"-t", "auto", "--heap-size-hint=2G", "-O3", "--check-bounds=no", "--sysimage=a.so"';
    const { spec, needless } = await migrationOf(
      `${start}ENTRYPOINT ["julia", ${flags}, "main.jl", "--port", "80"]\nCMD ["--quiet"]\n`,
    );
    expect(spec).toMatchObject({
      main: "main.jl",
      run: { threads: "auto", heapSizeHint: "2G" },
      precompile: { flags: ["-O3", "--check-bounds=no"] },
      image: { cmd: ["--port", "80", "--quiet"] },
    });
    expect(needless).toContainEqual(expect.stringMatching(/^line 4: --sysimage=a.so: packages are compiled/));
  });

  it("says that arguments of ENTRYPOINT can be replaced now; those of CMD could be before", async () => {
    const line = '["julia", "main.jl", "--port", "80"]\n';
    const replaced = expect.stringMatching(/^line 4: .*: the arguments are `\[image\] cmd` now/);
    const ofEntrypoint = await migrationOf(`${start}ENTRYPOINT ${line}`);
    expect(ofEntrypoint.leftOver).toContainEqual(replaced);
    const ofCmd = await migrationOf(`${start}CMD ${line}`);
    expect(ofCmd.leftOver).not.toContainEqual(replaced);
    expect(ofCmd.spec.image.cmd).toEqual(["--port", "80"]);
  });

  it.each([
    ['ENTRYPOINT ["/entry.sh"]\nCMD ["a", "b"]', { entrypoint: ["/entry.sh"], cmd: ["a", "b"] }],
    ['CMD ["julia", "--bug-report=rr", "main.jl"]', { cmd: ["julia", "--bug-report=rr", "main.jl"] }],
    ["CMD julia main.jl $PORT", { cmd: ["/bin/sh", "-c", "julia main.jl $PORT"] }],
    ['CMD ["julia" "main.jl"]', { cmd: ["/bin/sh", "-c", '["julia" "main.jl"]'] }],
    ["ENTRYPOINT /entry.sh 'a b'\nCMD [\"c\"]", { entrypoint: ["/entry.sh", "a b"] }],
    [`CMD ["julia", "-e", "using App; App.serve()"]`, { cmd: ["julia", "-e", "using App; App.serve()"] }],
  ])("keeps %j as it is, and says so", async (lines, image) => {
    const { spec, leftOver } = await migrationOf(`${start}${lines}\n`);
    expect(spec.image).toMatchObject(image);
    expect(spec.main ?? spec.module).toBeUndefined();
    expect(leftOver.filter((line) => line.startsWith("line 4: "))).toHaveLength(1);
  });

  it.each([
    ['CMD ["bash"]', "starts Julia's prompt"],
    [`CMD ["julia", "-e", "using Pkg; Pkg.test()"]`, "`--target test` runs the tests"],
    ["", "no ENTRYPOINT and no CMD"],
  ])("leaves out %j", async (line, todo) => {
    const { spec, leftOver } = await migrationOf(`${start}${line}\n`);
    expect(spec.image.cmd).toBeUndefined();
    expect(leftOver.some((one) => one.includes(todo))).toBe(true);
  });

  it("keeps threads as a variable where the command is kept", async () => {
    const { spec } = await migrationOf(`${start}ENV JULIA_NUM_THREADS=4\nCMD ["./serve"]\n`);
    expect(spec.run.threads).toBeUndefined();
    expect(spec.env.get("JULIA_NUM_THREADS")).toBe("4");
  });

  it("says where a script is that the project has not", async () => {
    const { checked } = await migrationOf(`${start}CMD ["julia", "missing.jl"]\n`);
    expect(checked.some((line) => line.includes("missing.jl"))).toBe(true);
  });
});
