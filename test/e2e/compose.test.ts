import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import type { CommandResult } from "../engine/command.ts";
import { engineAt } from "../engine/engine-client.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/docker-compose.md"), "utf8");
const shown = (language: string) => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(page)?.[1] ?? "";
const uuid = "3c5e7f19-8a2b-4d60-91f4-0b7c6d8e5a21";
const request = { deps: ["Greetings"], name: "Evening", uuid };

/** `2.40.3`; empty without the plugin. All engines of a run have the same client. */
const version = await composeVersion();

async function composeVersion(): Promise<string> {
  const [address] = inject("endToEnd").engines;
  if (address === undefined) return "";
  const command = ["compose", "version", "--short"];
  return (await engineAt(address).docker(command, { check: false })).stdout.trim();
}

function isOlderThan(major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(/[.-]/).map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

describeOnEngines("docker compose build", (engine, can, julia) => {
  let token: string;
  let server: PkgServer;
  let scenario: Scenario;

  beforeEach(async () => {
    token = randomBytes(24).toString("hex");
    server = await startPkgServer(standardCatalogue(), { token });
    scenario = await Scenario.create(engine, {
      ...(await julia.project(request)),
      "src/Evening.jl": "module Evening\nimport Greetings\nend\n",
      "main.jl": 'import Greetings\nprint(Greetings.greet("Ada"), " Good ", ENV["EDITION"])\n',
      "pkg-token.toml": `access_token = "${token}"\n`,
      ".dockerignore": "pkg-token.toml\n",
    });
  });
  afterEach(async () => {
    await scenario.remove();
    await server.stop();
  });

  const spec = () =>
    specText({
      julia,
      server,
      cacheId: scenario.cacheId,
      top: 'main = "main.jl"\nargs = { EDITION = "morning" }',
      pkg: 'auth = "pkg-token"',
      env: { EDITION: "${EDITION}" },
    });

  function compose(...args: readonly string[]): Promise<CommandResult> {
    // Neither engine nor test has a network of its own; a second file adds what the first one need not say.
    const files = ["--file=compose.yaml", "--file=engine.json"];
    return engine.docker(["compose", ...files, ...args], { cwd: scenario.folder, check: false });
  }

  /** What this test's engine needs besides a compose file. */
  function onThisEngine(service: object = {}, others: object = {}): string {
    const build = { network: "host" };
    return JSON.stringify({
      services: { app: { image: scenario.image, network_mode: "none", build, ...service }, ...others },
    });
  }

  it.skipIf(version === "")(
    "builds and runs the service that its page shows (needs the plugin docker compose)",
    async () => {
      expect(shown("toml")).toContain('auth = "pkg-token"');
      await scenario.write({
        "compose.yaml": shown("yaml"),
        "julia.toml": spec(),
        "engine.json": onThisEngine({
          build: {
            network: "host",
            additional_contexts: { base: `docker-image://${julia.image}` },
            extra_hosts: ["probe.example.com:192.0.2.7"],
            ...(can.namedContexts ? { shm_size: "32m", ulimits: { nofile: 4321 } } : {}),
          },
        }),
      });
      const { code, stdout, stderr } = await compose("build");
      expect(code, stdout + stderr).toBe(0);
      expect(stdout + stderr).not.toContain(token);
      const ran = await compose("run", "--rm", "app");
      expect(ran.stdout, ran.stderr).toBe("Hello, Ada! Good evening");
      const format = '{{index .Config.Labels "org.example.team"}}';
      const label = await engine.docker(["image", "inspect", scenario.image, "--format", format]);
      expect(label.stdout.trim()).toBe("letters");
    },
  );

  it.skipIf(version === "" || isOlderThan(2, 34))(
    "takes a spec from the compose file, and another service's image as base (needs docker compose 2.34)",
    async () => {
      const inline = spec().replaceAll("${", "$${");
      const base = { dockerfile_inline: `FROM ${julia.image}\nRUN echo ours > /etc/ours\n`, network: "host" };
      const build = {
        context: ".",
        dockerfile_inline: inline,
        secrets: ["pkg-token"],
        additional_contexts: { base: "service:base" },
      };
      await scenario.write({
        "compose.yaml": JSON.stringify({
          services: { app: { build } },
          secrets: { "pkg-token": { file: "pkg-token.toml" } },
        }),
        "engine.json": onThisEngine({}, { base: { image: `${scenario.image}-base`, build: base } }),
      });
      const { code, stdout, stderr } = await compose("build", "app");
      await engine.docker(["image", "rm", "--force", `${scenario.image}-base`], { check: false });
      expect(code, stdout + stderr).toBe(0);
      const ran = await scenario.run(["/etc/ours"], ["--entrypoint=cat"]);
      expect(ran.stdout, ran.stderr).toBe("ours\n");
    },
  );

  it.skipIf(version === "")(
    "says what is wrong with a spec, and where (needs the plugin docker compose)",
    async () => {
      await scenario.write({
        "compose.yaml": shown("yaml"),
        "julia.toml": spec().replace("main =", "mian ="),
        "engine.json": onThisEngine(),
      });
      const { code, stderr } = await compose("build");
      expect(code, stderr).not.toBe(0);
      expect(stderr).toContain("julia.toml:3:1: unknown key `mian`; did you mean `main`?");
    },
  );
});
