import { quote } from "../../text/quote.ts";
import { entryPath } from "../located-dependency.ts";
import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";

/** `ssh://host/path`, and git's short form `user@host:path` (gitprotocol, "GIT URLS"). */
const sshAddress = /^(?:(?:git\+)?ssh:\/\/|[\w.-]+@[\w.-]+:)/;

/** Without a key or an agent the fetch fails, or waits for an answer that nobody gives. */
export const gitOverSsh: ProjectRule = {
  name: "git-over-ssh",
  check({ project: { manifest }, given }: ProjectContext): readonly FileFinding[] {
    if (given.ssh || given.secrets) {
      return [];
    }
    return [...manifest.packages.values()]
      .filter(({ repoUrl }) => sshAddress.test(repoUrl ?? ""))
      .map(({ name, repoUrl = "" }) => ({
        severity: "warning",
        message: `${quote(name)} is fetched over ssh, from ${quote(repoUrl)}, but the build has no ssh key`,
        suggestion:
          "write `[ssh]` in the spec and build with `--ssh default`, or add the package by its https address",
        file: manifest.file,
        path: entryPath(manifest.format, { name }),
      }));
  },
};
