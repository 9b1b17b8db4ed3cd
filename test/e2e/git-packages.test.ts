import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { catalogueOf } from "../engine/packages/catalogue.ts";
import { type GitServer, startGitServer } from "../engine/packages/git-http-server.ts";
import { type GitRepository, makeGitRepository } from "../engine/packages/git-repository.ts";
import { type GitSshServer, startGitSshServer } from "../engine/packages/git-ssh-server.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { STANDARD_PACKAGES } from "../engine/packages/standard.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const credentials = { user: "ada", password: "correct-horse-battery" };

describeOnEngines("packages tracked in git", (engine, can, julia) => {
  let folder: string;
  let repository: GitRepository;
  let server: PkgServer;
  let git: GitServer;
  let ssh: GitSshServer;
  let scenario: Scenario;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "julia-frontend-git-"));
    repository = await makeGitRepository(join(folder, "Greetings.git"));
    const versions = STANDARD_PACKAGES.filter(({ name }) => name === "Greetings");
    for (const { files } of versions) {
      await repository.commit(files);
    }
    // What the manifest names is not the newest commit.
    await repository.commit({ "README.md": "Work goes on\n" });
    server = await startPkgServer(catalogueOf(STANDARD_PACKAGES.filter(({ name }) => name !== "Greetings")));
    git = await startGitServer({ Greetings: repository }, { credentials });
    ssh = await startGitSshServer({ Greetings: repository });
    await writeFile(join(folder, "key"), ssh.privateKey, { mode: 0o600 });
    await writeFile(
      join(folder, "gitconfig"),
      `[credential "${git.url}"]\n\thelper = "!sh /run/secrets/git-credentials"\n`,
    );
    await writeFile(join(folder, "password"), credentials.password);
    await writeFile(
      join(folder, "helper"),
      `cat >/dev/null\necho username=${credentials.user}\necho password=$GIT_PASSWORD\n`,
    );
  });

  afterAll(async () => {
    await Promise.all([server.stop(), git.stop(), ssh.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    scenario = await Scenario.create(engine, {});
  });

  afterEach(async () => {
    await scenario.remove();
  });

  /** Greetings is tracked in a repository of its own; the Pkg server does not have it. */
  async function writeProject(repositoryUrl: string, tables: string): Promise<void> {
    await scenario.write({
      ...(await julia.project({ deps: ["Greetings"], repositories: { Greetings: repositoryUrl } })),
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, tables }),
    });
  }

  async function expectGreeting(): Promise<void> {
    const { stdout, stderr } = await scenario.julia('using Greetings; print(Greetings.greet("Ada"))');
    expect(stdout, stderr).toBe("Hello, Ada!");
    expect(stderr).not.toMatch(signsOfCompiling);
  }

  const httpTables = `
[secrets.git-config]
target = "/root/.gitconfig"
[secrets.git-credentials]
target = "/run/secrets/git-credentials"
[secrets.git-password]
env = "GIT_PASSWORD"
[secrets.of-nobody]
target = "/run/secrets/of-nobody"
env = "OF_NOBODY"
required = false
`;
  const secret = (id: string, file: string) => ["--secret", `id=${id},src=${join(folder, file)}`];

  it.skipIf(!can.namedContexts)(
    "come by HTTP with credentials from secrets, which stay out of image and log (needs Docker 23.0)",
    async () => {
      await writeProject(`${git.url}/Greetings.git`, httpTables);
      const { log } = await scenario.built({
        args: [
          ...secret("git-config", "gitconfig"),
          ...secret("git-credentials", "helper"),
          ...secret("git-password", "password"),
        ],
      });
      await expectGreeting();
      expect(log).not.toContain(credentials.password);
      const { stdout } = await scenario.run(
        ["-rl", credentials.password, "/opt", "/root", "/run", "/app", "/etc"],
        ["--entrypoint=grep", "--user=0"],
      );
      expect(stdout).toBe("");
      const paths = [...(await scenario.files("/opt")).keys(), ...(await scenario.files("/root")).keys()];
      expect(paths.filter((path) => /clones|gitconfig|\.git\//.test(path))).toEqual([]);
    },
  );

  it("need a secret that was not given: the error says which option to add", async () => {
    await writeProject(`${git.url}/Greetings.git`, httpTables);
    const { code, log } = await scenario.build({ args: secret("git-config", "gitconfig") });
    expect(code, log).not.toBe(0);
    if (!can.namedContexts) {
      expect(log).toContain("not support env under [secrets] (exec.secretenv): that needs Docker 23.0");
      return;
    }
    expect(log).toContain("the spec asks for the secret git-credentials ([secrets.git-credentials])");
    expect(log).toContain("--secret id=git-credentials,src=FILE");
    const both = [...secret("git-config", "gitconfig"), ...secret("git-credentials", "helper")];
    expect((await scenario.build({ args: both })).log).toContain("--secret id=git-password,src=FILE");
  });

  it("need credentials that the spec does not mention: the error shows how to hand them over", async () => {
    await writeProject(`${git.url}/Greetings.git`, "");
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain(
      "If the repository is private, hand credentials to the build: [secrets.git-config]",
    );
  });

  it("of a host that is not reached: the error speaks of the network, and not of credentials", async () => {
    await writeProject("https://nowhere.invalid/Greetings.git", "");
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("The build does not reach that host.");
    expect(log).not.toContain("hand credentials");
  });

  const sshTables = (knownHosts: readonly string[]) => `
[ssh]
known-hosts = ${JSON.stringify(knownHosts)}
`;
  const agent = () => ["--ssh", `default=${join(folder, "key")}`];

  it("come by ssh with the person's agent", async () => {
    await writeProject(`${ssh.url}/Greetings.git`, sshTables(ssh.knownHosts));
    await scenario.built({ args: agent() });
    await expectGreeting();
    expect(ssh.commands().length).toBeGreaterThan(0);
    const paths = [...(await scenario.files("/etc/ssh")).keys(), ...(await scenario.files("/root")).keys()];
    expect(paths.filter((path) => /known_hosts/.test(path))).toEqual([]);
  });

  it("need an agent that was not given: the error says which option to add", async () => {
    await writeProject(`${ssh.url}/Greetings.git`, sshTables(ssh.knownHosts));
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("Fetching over ssh needs an agent: [ssh] in the spec, and --ssh default");
  });

  it("do not come from an ssh host whose key is not among the known ones", async () => {
    const other = await startGitSshServer({});
    await other.stop();
    await writeProject(`${ssh.url}/Greetings.git`, sshTables(other.knownHosts));
    const before = ssh.commands().length;
    const { code, log } = await scenario.build({ args: agent() });
    expect(code, log).not.toBe(0);
    // Every version of libgit2, and git itself, has other words for it.
    expect(log).toMatch(/host ?key|the key of the ssh host 127\.0\.0\.1 is not known|ECERTIFICATE/i);
    expect(log).toContain("known-hosts under [ssh]");
    expect(ssh.commands().length).toBe(before);
  });
});
