import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import type { Files, ProjectRequest } from "../engine/resolver/project-request.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const paperUuid = "0d4f2b5e-7a31-4c8e-9b16-3f5a7c9e1d20";
const webUuid = "1e5a3c6f-8b42-4d9f-8c27-4a6b8d0f2e31";

/** A monorepo: services/web depends on libs/Paper beside it, which depends on a registered package. */
const monorepo: ProjectRequest = {
  ...{ name: "Web", uuid: webUuid, deps: ["Paper"], folder: "services/web", develop: ["../../libs/Paper"] },
  files: {
    "services/web/src/Web.jl": `module Web\nimport Paper\npage() = Paper.line() * "!"\nend\n`,
    "libs/Paper/Project.toml": `name = "Paper"\nuuid = "${paperUuid}"\nversion = "0.1.0"\n[deps]\nGreetings = "${UUIDS.Greetings}"\n`,
    "libs/Paper/src/Paper.jl": `module Paper\nimport Greetings\nline() = Greetings.greet("Paper")\nend\n`,
    "libs/Unrelated/big.txt": "not needed\n",
  },
};
const paperSource = monorepo.files?.["libs/Paper/src/Paper.jl"] ?? "";

/** A manifest without the line that says that it is not to be edited. */
function withoutNotice(manifest: string): string {
  return manifest.replace(/^#.*\n+/, "").trim();
}

describeOnEveryJulia("a project", (engine, can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });

  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function scenarioOf(files: Files, top = "", tables = ""): Promise<Scenario> {
    scenario = await Scenario.create(engine, files);
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, top, tables }),
    });
    return scenario;
  }

  it("without a manifest gets one from the build, with a warning, and the image holds it", async () => {
    const request = { name: "Card", uuid: webUuid, deps: ["Greetings"] };
    const { projectToml, manifestToml } = await julia.resolve(request);
    await scenarioOf({
      "Project.toml": projectToml,
      "src/Card.jl": "module Card\nusing Greetings\nend\n",
    });
    const { log } = await scenario.built();
    expect(log).toContain("There is no Manifest.toml: choosing versions");
    if (can.namedContexts) {
      expect(log).toMatch(/there is no Manifest\.toml beside Project\.toml/);
    }
    const { stdout } = await scenario.run(["/app/Manifest.toml"], ["--entrypoint=cat"]);
    // Since Julia 1.12 Pkg lists the project itself too, which no one needs who has the project.
    const others = manifestToml.replace(/\[\[deps\.Card\]\]\n(?:.+\n)*\n?/, "");
    expect(withoutNotice(stdout)).toBe(withoutNotice(others));
    expect((await scenario.julia('import Card; print(Card.Greetings.greet("you"))')).stdout).toBe(
      "Hello, you!",
    );
    expect((await scenario.built()).ran).toEqual([]);
  });

  it("may name its files JuliaProject.toml and JuliaManifest.toml", async () => {
    const files = await julia.project({ deps: ["Greetings"] });
    await scenarioOf({
      "JuliaProject.toml": files["Project.toml"] ?? "",
      "JuliaManifest.toml": files["Manifest.toml"] ?? "",
    });
    await scenario.built();
    expect((await scenario.julia('import Greetings; print(Greetings.greet("you"))')).stdout).toBe(
      "Hello, you!",
    );
  });

  it("may have a name without sources", async () => {
    await scenarioOf(await julia.project({ name: "Hollow", uuid: webUuid, deps: ["Greetings"] }));
    await scenario.built();
    expect((await scenario.julia('import Greetings; print(Greetings.greet("you"))')).stdout).toBe(
      "Hello, you!",
    );
  });

  it("may depend on a folder beside it, in the same places of the image", async () => {
    await scenarioOf(await julia.project(monorepo), 'project = "services/web"');
    const { ran } = await scenario.built();
    expect(ran).toContain("[depot] install and precompile 2 packages");
    const { code, stdout, stderr } = await scenario.julia("import Web; print(Web.page())");
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "Hello, Paper!!" });
    expect(stderr).not.toMatch(signsOfCompiling);
    const files = [...(await scenario.files("/app")).keys()].toSorted();
    expect(files).toEqual([
      "/app/libs/Paper/Project.toml",
      "/app/libs/Paper/src/Paper.jl",
      "/app/services/web/Manifest.toml",
      "/app/services/web/Project.toml",
      "/app/services/web/src/Web.jl",
    ]);
  });

  it.skipIf(!julia.isAtLeast(1, 11))(
    "without a manifest takes packages from the folders that [sources] names (Julia 1.11)",
    async () => {
      await scenarioOf(
        {
          ...monorepo.files,
          "services/web/Project.toml": `name = "Web"\nuuid = "${webUuid}"\n[deps]\nPaper = "${paperUuid}"\n[sources]\nPaper = {path = "../../libs/Paper"}\n`,
        },
        'project = "services/web"',
      );
      await scenario.built();
      const { stdout, stderr } = await scenario.julia("import Web; print(Web.page())");
      expect(stdout, stderr).toBe("Hello, Paper!!");
      expect(stderr).not.toMatch(signsOfCompiling);
      const manifest = await scenario.run(["/app/services/web/Manifest.toml"], ["--entrypoint=cat"]);
      expect(manifest.stdout).toContain('path = "../../libs/Paper"\n');
    },
  );

  it.skipIf(!julia.isAtLeast(1, 12))(
    "in a workspace without a manifest takes its other projects from their folders (Julia 1.12)",
    async () => {
      await scenarioOf(
        {
          ...monorepo.files,
          "Project.toml": '[workspace]\nprojects = ["services/web/", "libs/Paper"]\n',
          "services/web/Project.toml": `name = "Web"\nuuid = "${webUuid}"\n[deps]\nPaper = "${paperUuid}"\n`,
        },
        'project = "services/web"',
      );
      await scenario.built();
      const { stdout, stderr } = await scenario.julia("import Web; print(Web.page())");
      expect(stdout, stderr).toBe("Hello, Paper!!");
      expect(stderr).not.toMatch(signsOfCompiling);
      const manifest = await scenario.run(["/app/Manifest.toml"], ["--entrypoint=cat"]);
      expect(manifest.stdout).toContain('path = "libs/Paper"\n');
    },
  );

  it("may be made of links inside the context, and of none that lead out of it", async () => {
    const { "services/web/Manifest.toml": manifest = "", ...files } = await julia.project(monorepo);
    const moved = Object.entries(files).map(([name, text]) => [name.replace("libs/", "shared/"), text]);
    await scenarioOf(
      { ...Object.fromEntries(moved), "env/web.toml": manifest },
      'project = "services/current"',
    );
    await scenario.link("services/current", "web");
    await scenario.link("services/web/Manifest.toml", "../../env/Manifest.toml");
    await scenario.link("env/Manifest.toml", "web.toml");
    await scenario.link("libs/Paper", "../shared/Paper");
    await scenario.built();
    const { stdout, stderr } = await scenario.julia("import Web; print(Web.page())");
    expect(stdout, stderr).toBe("Hello, Paper!!");
    await scenario.link("env/Manifest.toml", join(scenario.folder, "env/web.toml"));
    const { code, log } = await scenario.build();
    expect(code).not.toBe(0);
    expect(log).toContain("link-outside-context");
  });

  it("runs no dependency step when a folder beside it changed", async () => {
    await scenarioOf(await julia.project(monorepo), 'project = "services/web"');
    await scenario.built();
    await scenario.write({ "libs/Paper/src/Paper.jl": paperSource.replace('"Paper"', '"paper"') });
    const { ran } = await scenario.built();
    expect(ran.filter((name) => name.startsWith("[depot]"))).toEqual([]);
    expect((await scenario.julia("import Web; print(Web.page())")).stdout).toBe("Hello, paper!!");
  });

  it("that depends on a folder outside the context needs it as a context of its own", async () => {
    await scenarioOf(
      Object.fromEntries(
        Object.entries(await julia.project(monorepo)).map(([name, text]) => [
          name.replace("services/web/", "").replace("libs/", "elsewhere/"),
          text,
        ]),
      ),
    );
    await scenario.write({ ".dockerignore": "elsewhere\n" });
    const { code, log } = await scenario.build();
    expect(code).not.toBe(0);
    expect(log).toMatch(/Manifest\.toml:\d+:\d+: `Paper` is in .*not in the build context/);
    expect(log).toContain("--build-context paper=FOLDER");
    await scenario.write({ "elsewhere/Paper/.dockerignore": "notes\n", "elsewhere/Paper/notes/a.txt": "" });
    await scenario.built({ args: ["--build-context", "paper=elsewhere/Paper"] });
    expect((await scenario.julia("import Web; print(Web.page())")).stdout).toBe("Hello, Paper!!");
    expect([...(await scenario.files("/app/libs")).keys()].toSorted()).toEqual([
      "/app/libs/Paper/Project.toml",
      "/app/libs/Paper/src/Paper.jl",
    ]);
  });

  it("may have another folder than that in the context for a path dependency, by its UUID too", async () => {
    await scenarioOf(await julia.project(monorepo), 'project = "services/web"');
    const other = paperSource.replace('"Paper"', '"cardboard"');
    const own = monorepo.files?.["libs/Paper/Project.toml"] ?? "";
    await scenario.write({ "fork/Project.toml": own, "fork/src/Paper.jl": other });
    await scenario.built({ args: ["--build-context", `${paperUuid}=fork`] });
    expect((await scenario.julia("import Web; print(Web.page())")).stdout).toBe("Hello, cardboard!!");
  });

  it("built as deps has its dependencies and no sources", async () => {
    const files = await julia.project({ deps: ["Greetings"] });
    await scenarioOf({ ...files, "secret-plans.jl": "1" });
    await scenario.built({ args: ["--target=deps"] });
    expect([...(await scenario.files("/app")).keys()].toSorted()).toEqual([
      "/app/Manifest.toml",
      "/app/Project.toml",
    ]);
    expect((await scenario.julia('import Greetings; print(Greetings.greet("you"))')).stdout).toBe(
      "Hello, you!",
    );
  });
});
