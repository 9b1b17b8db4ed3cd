import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { runChecked } from "../engine/command.ts";
import { startGitServer } from "../engine/packages/git-http-server.ts";
import { makeGitRepository } from "../engine/packages/git-repository.ts";
import type { FileMap } from "../engine/packages/git-tree.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { tarball } from "../engine/packages/tarball.ts";
import type { Files } from "../engine/resolver/project-request.ts";
import { type BuildResult, Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const uuid = "5c1e9a40-6d2f-4b83-a7e5-0f9b8c7d6e51";
const request = { deps: ["Colours"], name: "Stamp", uuid };
const sources: Files = {
  "src/Stamp.jl": 'module Stamp\nimport Colours\ncountry() = "here"\nend\n',
  "left-out.txt": "not for the image\n",
  ".dockerignore": "left-out.txt\n",
};

/** The same project with Project.toml, Manifest.toml and the spec as links: a chain of them, across folders. */
function linked(files: Files): FileMap {
  const { "Project.toml": project = "", "Manifest.toml": manifest = "", "julia.toml": spec = "" } = files;
  return {
    ...files,
    "env/Project.toml": project,
    "env/of/Manifest.toml": manifest,
    "env/julia.toml": spec,
    "Project.toml": { symlink: "env/Project.toml" },
    "Manifest.toml": { symlink: "env/Manifest.toml" },
    "env/Manifest.toml": { symlink: "of/Manifest.toml" },
    "julia.toml": { symlink: "env/julia.toml" },
  };
}

/** A server for one file. */
async function serve(
  path: string,
  content: Buffer,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    if (request.url === path) response.end(content);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, server };
}

describeOnEngines("a build context", (engine, can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  let spec: string;
  let project: Files;

  beforeAll(async () => {
    project = { ...(await julia.project(request)), ...sources };
    server = await startPkgServer(standardCatalogue());
  });
  beforeEach(async () => {
    scenario = await Scenario.create(engine, {});
    spec = specText({ julia, server, cacheId: scenario.cacheId });
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  const load = (): readonly string[] => ["--load", "-t", scenario.image];

  async function expectStamp(result: BuildResult, country = "here"): Promise<void> {
    expect(result.code, result.log).toBe(0);
    const code = "using Stamp; print(Stamp.country(), ' ', isfile(\"/app/left-out.txt\"))";
    const { stdout, stderr } = await scenario.julia(code);
    expect(stdout, stderr).toBe(`${country} false`);
  }

  /** Files that BuildKit gets elsewhere: an engine that cannot leave out what `.dockerignore` says must not be given them. */
  async function expectRemoteStamp(result: BuildResult): Promise<void> {
    if (can.namedContexts) {
      await expectStamp(result);
      return;
    }
    expect(result.code, result.log).not.toBe(0);
    expect(result.log).toMatch(/leaving files out of a context .*: that needs Docker 23\.0/);
  }

  it.skipIf(!can.namedContexts)(
    "is a git repository, at a branch and in a folder, with links or without (needs Docker 23.0)",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "julia-frontend-git-"));
      const repository = await makeGitRepository(join(folder, "stamp.git"));
      const commit = (files: FileMap) =>
        repository.commit(
          Object.fromEntries(Object.entries(files).map(([path, entry]) => [`deep/${path}`, entry])),
        );
      await commit({ ...project, "julia.toml": spec });
      const git = await startGitServer({ stamp: repository });
      try {
        await expectStamp(
          await scenario.buildWith([...load(), "-f", "julia.toml", `${git.url}/stamp.git#main:deep`]),
        );
        const withQuery = `${git.url}/stamp.git?branch=main&subdir=deep`;
        await commit(linked({ ...project, "julia.toml": spec }));
        await expectStamp(await scenario.buildWith([...load(), "-f", "julia.toml", withQuery]));
      } finally {
        await git.stop();
        await rm(folder, { recursive: true });
      }
    },
  );

  it("is a tar archive, from a web server or from stdin, with links or without", async () => {
    const archive = tarball({ ...project, "julia.toml": spec });
    const web = await serve("/stamp.tar.gz", tarball(linked({ ...project, "julia.toml": spec })));
    try {
      await expectRemoteStamp(await scenario.buildWith([...load(), "-f", "julia.toml", web.url]));
    } finally {
      web.server.close();
    }
    const fromStdin = await scenario.buildWith([...load(), "-f", "julia.toml", "-"], { input: archive });
    if (can.stdinContexts) {
      await expectStamp(fromStdin);
    } else {
      expect(fromStdin.code, fromStdin.log).not.toBe(0);
      expect(fromStdin.log).toMatch(/build context from stdin: that needs Docker 28\.0/);
    }
  });

  it("is remote while the spec comes from stdin or from this machine", async () => {
    const web = await serve("/stamp.tar.gz", tarball(project));
    try {
      await expectRemoteStamp(await scenario.buildWith([...load(), "-f", "-", web.url], { input: spec }));
      await scenario.write({ "julia.toml": spec });
      const path = join(scenario.folder, "julia.toml");
      await expectRemoteStamp(await scenario.buildWith([...load(), "-f", path, web.url]));
    } finally {
      web.server.close();
    }
  });

  it("is local while the spec comes from stdin", async () => {
    await scenario.write(project);
    await expectStamp(await scenario.buildWith([...load(), "-f", "-", "."], { input: spec }));
  });

  it("gives its place to a folder named project", async () => {
    await scenario.write({ "julia.toml": spec });
    const other = Object.entries({
      ...project,
      "src/Stamp.jl": project["src/Stamp.jl"]?.replace("here", "there"),
    });
    await scenario.write(Object.fromEntries(other.map(([path, text]) => [`elsewhere/${path}`, text ?? ""])));
    await expectStamp(await scenario.build({ args: ["--build-context", "project=elsewhere"] }), "there");
  });

  it("named after the base image, or base, replaces it", async () => {
    await scenario.write({
      ...project,
      "julia.toml": spec.replace(/^(julia|base) = .*$/m, `julia = "${julia.minor}"`),
    });
    const official = `julia:${julia.minor}=docker-image://${julia.image}`;
    await expectStamp(await scenario.build({ args: ["--build-context", official] }));
    await expectStamp(
      await scenario.build({ args: ["--build-context", `base=docker-image://${julia.image}`] }),
    );
  });

  it("may be an image in a folder", async () => {
    await scenario.write({ ...project, "julia.toml": spec });
    const layout = await mkdtemp(join(tmpdir(), "julia-frontend-layout-"));
    try {
      const archive = join(layout, "image.tar");
      await engine.docker(["save", "--output", archive, julia.image]);
      await runChecked("tar", ["-xf", archive, "-C", layout]);
      await rm(archive);
      const { manifests } = JSON.parse(await readFile(join(layout, "index.json"), "utf8"));
      const context = `base=oci-layout://${layout}@${manifests[0].digest}`;
      const result = await scenario.build({ args: ["--build-context", context] });
      if (engine.store === "overlay2") {
        expect(result.code, result.log).not.toBe(0);
        expect(result.log).toMatch(
          /this engine cannot read an oci-layout|not support --build-context with oci-/,
        );
      } else {
        await expectStamp(result);
      }
    } finally {
      await rm(layout, { recursive: true });
    }
  });

  it.skipIf(!can.namedContexts || !can.bakeNetwork)(
    "may be another target of a bake file, for the base or the project, and ours one for a Dockerfile (needs Docker 23.0, and bake with --allow)",
    async () => {
      const network = "host";
      await scenario.write({
        ...project,
        "julia.toml": spec,
        "base.Dockerfile": `FROM ${julia.image}\nRUN echo ours > /etc/ours\n`,
        "files.Dockerfile": "FROM scratch\nCOPY . /\n",
        "top.Dockerfile": "FROM app\nRUN test -f /etc/ours && julia -e 'using Stamp'\n",
        "bake.json": JSON.stringify({
          target: {
            base: { dockerfile: "base.Dockerfile", network },
            files: { dockerfile: "files.Dockerfile" },
            app: {
              dockerfile: "julia.toml",
              network,
              contexts: { base: "target:base", project: "target:files" },
            },
            top: {
              dockerfile: "top.Dockerfile",
              network,
              contexts: { app: "target:app" },
              tags: [scenario.image],
              output: ["type=docker"],
            },
          },
        }),
      });
      await expectStamp(await scenario.bake("top"));
    },
  );

  it.skipIf(!can.namedContexts)(
    "that replaces the frontend itself is the one that runs (needs Docker 23.0)",
    async () => {
      const { frontend } = inject("endToEnd");
      await scenario.write({
        ...project,
        "julia.toml": spec.replace(frontend, "julia-frontend-of-nobody:1"),
      });
      const args = ["--build-context", `julia-frontend-of-nobody:1=docker-image://${frontend}`];
      await expectStamp(await scenario.build({ args }));
    },
  );

  it("is refused if nothing has its name, or it is of a kind that is not known", async () => {
    await scenario.write({ ...project, "julia.toml": spec });
    const unused = await scenario.build({ args: ["--build-context", "bass=docker-image://alpine"] });
    expect(unused.code, unused.log).not.toBe(0);
    expect(unused.log).toContain("--build-context bass: this build has nothing of that name");
    const image = await scenario.build({
      args: ["--build-context", `project=docker-image://${julia.image}`],
    });
    expect(image.code, image.log).not.toBe(0);
    expect(image.log).toContain("has to be files, not an image");
  });
});
