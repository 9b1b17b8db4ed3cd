import { expect, it } from "vitest";
import { accessMounts, secretVariables } from "../../../src/lower/access-mounts.ts";
import type { Access } from "../../../src/plan/access.ts";

const access: Access = {
  secrets: [
    { id: "a", target: "/root/a" },
    { id: "b", env: "B" },
    { id: "c", target: "/root/c", env: "C" },
  ],
  agents: ["default"],
  knownHosts: "git.example.com ssh-ed25519 AAAA\n",
  tokenFolder: "/opt/julia/depot/servers",
  network: undefined,
};

it("mounts secrets and agents, and goes on without those that the client does not have", () => {
  expect(accessMounts(access).slice(0, 3)).toEqual([
    { type: "secret", id: "a", target: "/root/a", optional: true },
    { type: "secret", id: "c", target: "/root/c", optional: true },
    { type: "ssh", id: "default", optional: true },
  ]);
  expect(secretVariables(access)).toEqual([
    { id: "b", name: "B", optional: true },
    { id: "c", name: "C", optional: true },
  ]);
});

it("keeps tokens in memory, and the keys of hosts read-only", () => {
  expect(accessMounts(access).slice(3)).toMatchObject([
    { type: "tmpfs", target: "/opt/julia/depot/servers" },
    { type: "bind", target: "/etc/ssh/ssh_known_hosts", selector: "/known_hosts", readonly: true },
  ]);
});

it("mounts nothing that is not asked for", () => {
  const nothing = { ...access, secrets: [], agents: [], knownHosts: undefined, tokenFolder: undefined };
  expect(accessMounts(nothing)).toEqual([]);
});
