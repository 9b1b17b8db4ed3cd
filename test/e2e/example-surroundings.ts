import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidFor } from "../engine/packages/generated.ts";
import { startGitServer } from "../engine/packages/git-http-server.ts";
import { makeGitRepository } from "../engine/packages/git-repository.ts";
import { startPkgServer } from "../engine/packages/pkg-server.ts";
import { makeRegistry } from "../engine/packages/registry-fixture.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { parcel } from "../examples/projects.ts";

/** What stands in for the servers that an example names, and what a build needs to be let in. */
export interface ExampleSurroundings {
  readonly pkgServer: string;
  /** Stands in for https://git.example.com. */
  readonly gitServer?: string;
  /** Arguments of `docker buildx build`. */
  readonly build: readonly string[];
  /** What must be neither in the log nor in the image. */
  readonly secrets: readonly string[];
  readonly stop: () => Promise<void>;
}

export async function openSurroundings(): Promise<ExampleSurroundings> {
  const server = await startPkgServer(standardCatalogue());
  return { pkgServer: server.url, build: [], secrets: [], stop: () => server.stop() };
}

/** A Pkg server that asks for a token, and a git server that asks for a password. */
export async function privateSurroundings(): Promise<ExampleSurroundings> {
  const [token, password] = [randomBytes(24).toString("hex"), randomBytes(24).toString("hex")];
  const server = await startPkgServer(standardCatalogue(), { token });
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-example-"));
  const registry = await makeGitRepository(join(folder, "TeamRegistry.git"));
  const parcels = await makeGitRepository(join(folder, "Parcel.git"));
  const git = await startGitServer(
    { TeamRegistry: registry, "Parcel.jl": parcels },
    { credentials: { user: "team", password } },
  );
  await parcels.commit(parcel.files);
  await registry.commit(
    makeRegistry([parcel], { name: "Team", uuid: uuidFor("Team registry") }, git.url).files,
  );
  const files = {
    "pkg-token": `access_token = "${token}"\n`,
    "git-config": `[credential "${git.url}"]\n\thelper = "!sh /run/secrets/git-credentials"\n`,
    "git-credentials": `cat >/dev/null\necho username=team\necho password=${password}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text, { mode: 0o600 });
  }
  return {
    pkgServer: server.url,
    gitServer: git.url,
    build: Object.keys(files).map((id) => `--secret=id=${id},src=${join(folder, id)}`),
    secrets: [token, password],
    stop: async () => {
      await Promise.all([server.stop(), git.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
