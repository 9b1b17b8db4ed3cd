import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import { imageBytes } from "../engine/image-bytes.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { provideSmallBase, type SmallBaseName } from "../engine/small-bases.ts";
import { readSteps } from "./build-log.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const uuid = "9c1b5d70-3e62-4f8a-a1d4-6b0e2c7f9358";
const needs = "(needs Julia 1.10)";

describeOnEveryJulia("an image on a small base", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  const isRefused = !julia.isAtLeast(1, 10);

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  interface Wanted {
    readonly base: SmallBaseName;
    readonly deps?: readonly string[];
    /** Further lines of `[image]`. */
    readonly image?: string;
    readonly tables?: string;
    readonly main?: string;
  }

  async function prepare({
    base,
    deps = ["Greetings"],
    image = "",
    tables = "",
    main = 'import Satchel\nprint(Satchel.open_it(), " ", ARGS)\n',
  }: Wanted): Promise<void> {
    const name = await provideSmallBase(engine, base);
    scenario = await Scenario.create(engine, await julia.project({ deps, name: "Satchel", uuid }));
    await scenario.write({
      "src/Satchel.jl": 'module Satchel\nopen_it() = "open"\nend\n',
      "main.jl": main,
      "julia.toml": specText({
        ...{ julia, server, cacheId: scenario.cacheId, top: 'main = "main.jl"' },
        tables: `${tables}\n[image]\nbase = "${name}"\n${image}\n`,
      }),
    });
  }

  const reduction = (log: string) =>
    readSteps(log)
      .find(({ name }) => name.startsWith("[julia] find out"))
      ?.output.join("\n") ?? "";

  async function layersOf(image: string): Promise<string> {
    return (await engine.docker(["image", "inspect", "--format={{json .RootFS.Layers}}", image])).stdout;
  }

  it.skipIf(!isRefused)("is refused for a Julia that cannot be copied", async () => {
    await prepare({ base: "slim" });
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toMatch(/`image\.base` has no effect in Julia/);
  });

  it.skipIf(isRefused)(
    `runs without a shell, with packages, artifacts and standard libraries ${needs}`,
    async () => {
      await prepare({
        base: "bare",
        deps: ["Greetings", "Inkwell_jll", "Pantry", "Sundial", "Dates", "LinearAlgebra"],
      });
      const { log } = await scenario.built();
      expect(reduction(log)).toMatch(/Kept .*MB of the .*MB of Julia/);
      expect((await scenario.run(["a"])).stdout).toBe('open ["a"]');
      const code = `import Greetings, Inkwell_jll, Pantry, Sundial, Dates, LinearAlgebra
      print(isfile(Inkwell_jll.program()), " ", Sundial.hours(), " ", Pantry.flour(), " ", Dates.year(Dates.Date(2020)))
      print(" ", round(LinearAlgebra.norm([3.0, 4.0])), " ", sum(rand(2, 2) * rand(2, 2)) > 0)
      try error("here") catch; print(" ", any(frame -> frame.line > 0, stacktrace(catch_backtrace()))) end`;
      const { stdout, stderr } = await scenario.julia(code);
      expect(stdout, stderr).toMatch(/^true 24 a pound of flour 2020 5.0 true true$/);
      expect(stderr).not.toMatch(signsOfCompiling);
      const shell = await scenario.run(["-c", "true"], ["--entrypoint=/bin/sh"]);
      expect(shell.code).not.toBe(0);
    },
  );

  it.skipIf(isRefused)(`has no more than six tenths of the bytes ${needs}`, async () => {
    await prepare({ base: "slim" });
    await scenario.built();
    const [small, full] = [await imageBytes(engine, scenario.image), await imageBytes(engine, julia.image)];
    expect(small).toBeLessThan(julia.isAtLeast(1, 12) ? 0.6 * full : full);
  });

  it.skipIf(isRefused)(
    `has the standard libraries that the spec keeps, and its linker if asked ${needs}`,
    async () => {
      const tools = 'print(isfile(joinpath(Sys.BINDIR, Base.LIBEXECDIR, "julia", "lld")))';
      await prepare({ base: "bare", image: 'keep-stdlibs = ["Test"]\ncompile-at-run-time = true' });
      await scenario.built();
      const kept = await scenario.julia('using Test; @test true; print("tested")');
      expect(kept.stdout, kept.stderr).toBe("tested");
      expect((await scenario.julia(tools)).stdout).toBe("true");
      await scenario.remove();
      await prepare({ base: "bare" });
      await scenario.built();
      expect((await scenario.julia("using Test")).stderr).toContain("Package Test not found");
      expect((await scenario.julia(tools)).stdout).toBe("false");
    },
  );

  it.skipIf(isRefused)(
    `runs no step again when nothing changed, and one when a source did ${needs}`,
    async () => {
      await prepare({ base: "slim" });
      await scenario.built();
      expect((await scenario.built()).ran).toEqual([]);
      const layers = await layersOf(scenario.image);
      const again = await scenario.built({ args: ["--no-cache-filter=julia"] });
      expect(again.ran).toContain("[julia] find out what the image needs of Julia");
      expect(await layersOf(scenario.image), "the same bytes, made twice").toEqual(layers);
      await scenario.write({ "src/Satchel.jl": 'module Satchel\nopen_it() = "shut"\nend\n' });
      const { ran } = await scenario.built();
      expect(ran).toEqual(["[app] compile Satchel and check that nothing is compiled at start"]);
      expect((await scenario.run([])).stdout).toMatch(/^shut/);
    },
  );

  it.skipIf(isRefused)(`refuses a script that imports what the image's Julia lacks ${needs}`, async () => {
    await prepare({ base: "slim", main: 'include("more.jl")\n' });
    await scenario.write({ "more.jl": "using SharedArrays, Satchel\n" });
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("/app/main.jl imports SharedArrays, which the image's Julia does not have");
  });

  it.skipIf(isRefused)(
    `has Debian packages if the base has apt, and is not made otherwise ${needs}`,
    async () => {
      await prepare({ base: "bare", tables: '[packages]\napt = ["libgomp1"]' });
      const { code, log } = await scenario.build();
      expect(code, log).not.toBe(0);
      expect(log).toContain("has no `apt-get`, which installs the packages under `apt`");
      expect(log).toContain("base-without-apt");
    },
  );

  it.skipIf(isRefused)(`has Debian packages on a base with apt ${needs}`, async () => {
    await prepare({ base: "slim", tables: '[packages]\napt = ["libgomp1"]' });
    await scenario.built();
    const installed = ["-c", "test -e /usr/lib/x86_64-linux-gnu/libgomp.so.1"];
    expect((await scenario.run(installed, ["--entrypoint=/bin/sh"])).code).toBe(0);
    expect((await scenario.run([])).stdout).toMatch(/^open/);
  });

  it.skipIf(isRefused)(`may be given by the command line in the place of the spec's ${needs}`, async () => {
    await prepare({ base: "slim" });
    const bare = await provideSmallBase(engine, "bare");
    await scenario.built({ args: [`--build-context=image-base=docker-image://${bare}`] });
    expect((await scenario.run([])).stdout).toMatch(/^open/);
    expect((await scenario.run(["-c", "true"], ["--entrypoint=/bin/sh"])).code).not.toBe(0);
  });

  it.skipIf(isRefused)(`is the beginning of the next one's cache, as any image is ${needs}`, async () => {
    await prepare({ base: "bare", deps: ["Greetings", "Colours"] });
    await scenario.built();
    const seed = `${scenario.image}-seed`;
    await engine.docker(["tag", scenario.image, seed]);
    try {
      const text = specText({
        ...{ julia, server, cacheId: `${scenario.cacheId}-other`, top: 'main = "main.jl"' },
        tables: `[image]\nbase = "${await provideSmallBase(engine, "bare")}"\n`,
      });
      await scenario.write({ "julia.toml": text });
      const { log } = await scenario.built({ args: [`--build-context=depot-seed=docker-image://${seed}`] });
      const install = readSteps(log).find(({ name }) => name.startsWith("[depot] install"));
      expect(install?.output, log).toContain("Everything is compiled already");
      expect((await scenario.run([])).stdout).toMatch(/^open/);
    } finally {
      await engine.docker(["image", "rm", "--force", seed], { check: false });
    }
  });

  it.skipIf(isRefused || engine.store === "overlay2")(
    `says in its SBOM what of Julia it has (the classic store has no place for attestations) ${needs}`,
    async () => {
      await prepare({ base: "bare", deps: ["Greetings", "Dates"] });
      const name = `${inject("endToEnd").registry}/${scenario.image}`;
      const { code, log } = await scenario.buildWith([
        "-f",
        "julia.toml",
        "--sbom=true",
        "--push",
        "-t",
        name,
        ".",
      ]);
      expect(code, log).toBe(0);
      const args = ["buildx", "imagetools", "inspect", name, "--format", "{{json .SBOM}}"];
      const packages: readonly { readonly name: string; readonly versionInfo?: string }[] = JSON.parse(
        (await engine.docker(args)).stdout,
      ).SPDX.packages;
      const names = packages.map((each) => each.name);
      expect(names).toEqual(expect.arrayContaining(["julia", "Greetings", "Dates"]));
      expect(names).not.toContain("Test");
      expect(packages.find((each) => each.name === "julia")?.versionInfo).toBe(julia.version);
    },
  );

  it.skipIf(isRefused)(`is not made on a C library that is too old, or another one ${needs}`, async () => {
    await prepare({ base: "old" });
    const old = await scenario.build();
    expect(old.code, old.log).not.toBe(0);
    expect(old.log).toMatch(
      /ERROR: \S+ needs \S+ of version GLIBC_2\.\d+, which libc\.so\.6 of .* does not have/,
    );
    await scenario.remove();
    await prepare({ base: "musl" });
    const musl = await scenario.build();
    expect(musl.code, musl.log).not.toBe(0);
    expect(musl.log).toContain("Its C library is musl");
  });

  it.skipIf(isRefused)(`names a standard library that Julia does not have ${needs}`, async () => {
    await prepare({ base: "slim", image: 'keep-stdlibs = ["Daytime"]' });
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toMatch(/keep-stdlibs under \[image\] names Daytime, which is no standard library of Julia/);
  });
});
