import { fromRoot } from "../path.ts";
import { source } from "../source.ts";
import type { Output, VertexOptions } from "../vertex.ts";

export interface GitOptions extends VertexOptions {
  /** Branch, tag or commit. Defaults to the one in the URL's fragment. */
  readonly ref?: string | undefined;
  /** Directory of the repository to take. Defaults to the one in the URL's fragment. */
  readonly subdirectory?: string | undefined;
  readonly keepGitDirectory?: boolean | undefined;
  /** Commit that `ref` must be. */
  readonly checksum?: string | undefined;
  /** Id of the secret with an access token; GIT_AUTH_TOKEN is tried if it exists. */
  readonly authTokenSecret?: string | undefined;
  /** Id of the secret with an Authorization header; GIT_AUTH_HEADER is tried if it exists. */
  readonly authHeaderSecret?: string | undefined;
  /** Lines of a known_hosts file, for ssh. */
  readonly knownSshHosts?: string | undefined;
  /** Id of the ssh agent, for ssh. */
  readonly sshSocket?: string | undefined;
  readonly skipSubmodules?: boolean | undefined;
  /** Modification times of the files. */
  readonly mtime?: "checkout" | "commit" | undefined;
  /** Fetches `checksum` without asking what `ref` is. */
  readonly fetchByCommit?: boolean | undefined;
}

/**
 * A checkout. `url` may end in #ref:subdirectory and may be in the user@host:path form. Throws if it is none that
 * `isGitRemote` takes.
 */
export function git(url: string, options: GitOptions = {}): Output {
  const remote = remoteOf(url);
  if (remote === undefined) throw new Error(`not a git URL: ${JSON.stringify(url)}`);
  const { ref, subdirectory, keepGitDirectory, checksum, authTokenSecret, authHeaderSecret, ...rest } =
    options;
  const { knownSshHosts, sshSocket, skipSubmodules, mtime, fetchByCommit, ...vertexOptions } = rest;
  const isSsh = remote.scheme === "ssh";
  const attributes = {
    "git.keepgitdir": flag(keepGitDirectory),
    "git.fullurl": remote.url,
    "git.authtokensecret": authTokenSecret || "GIT_AUTH_TOKEN",
    "git.authheadersecret": authHeaderSecret || "GIT_AUTH_HEADER",
    "git.knownsshhosts": isSsh ? knownHosts(knownSshHosts) : undefined,
    "git.mountsshsock": isSsh ? sshSocket || "default" : undefined,
    "git.checksum": checksum || undefined,
    "git.skipsubmodules": flag(skipSubmodules),
    "git.mtime": mtime,
    "git.fetchbycommit": flag(fetchByCommit),
  };
  const identifier = `git://${remote.host}${fromRoot(remote.path)}${fragment(remote.fragment, ref, subdirectory)}`;
  return source(identifier, attributes, capabilitiesOf(isSsh, options), vertexOptions);
}

/** Whether a checkout can be had from a URL, as far as its form tells. */
export function isGitRemote(url: string): boolean {
  return remoteOf(url) !== undefined;
}

function remoteOf(url: string): Remote | undefined {
  return parseRemote(url) ?? (url.includes("://") ? undefined : parseRemote(`https://${url}`));
}

interface Remote {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  /** The address without query and fragment. */
  readonly url: string;
  readonly fragment: string;
}

const urlGrammar = /^([a-zA-Z0-9]+):\/\/((?:[^/?#@]*@)?([^/?#]*))([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s;
const scpGrammar = /^([a-zA-Z0-9-_]+@([a-zA-Z0-9-.]+):(.*?))(?:\?.*?)?(?:#(.*))?$/;

function parseRemote(url: string): Remote | undefined {
  const [, scheme = "", authority = "", host = "", path = "", urlFragment = ""] = urlGrammar.exec(url) ?? [];
  if (["http", "https", "ssh", "git"].includes(scheme.toLowerCase())) {
    const lower = scheme.toLowerCase();
    const decoded = decodePath(path);
    if (decoded === undefined) return undefined;
    return {
      scheme: lower,
      host,
      path: decoded,
      url: `${lower}://${authority}${path}`,
      fragment: urlFragment,
    };
  }
  const scp = scpGrammar.exec(url);
  if (scheme !== "" || scp === null) return undefined;
  const [, address = "", scpHost = "", scpPath = "", scpFragment = ""] = scp;
  return { scheme: "ssh", host: scpHost, path: scpPath, url: address, fragment: scpFragment };
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function fragment(written: string, ref: string | undefined, subdirectory: string | undefined): string {
  const colon = written.indexOf(":");
  const writtenRef = colon === -1 ? written : written.slice(0, colon);
  const writtenSubdirectory = colon === -1 ? "" : written.slice(colon + 1);
  const directory = fromRoot(subdirectory ?? writtenSubdirectory).slice(1);
  const prefix = `#${ref ?? writtenRef}`;
  if (directory !== "") return `${prefix}:${directory}`;
  return prefix === "#" ? "" : prefix;
}

function capabilitiesOf(isSsh: boolean, options: GitOptions): readonly string[] {
  const needs: readonly (readonly [unknown, string])[] = [
    [options.keepGitDirectory, "source.git.keepgitdir"],
    [true, "source.git.fullurl"],
    [options.authTokenSecret || options.authHeaderSecret, "source.git.httpauth"],
    [isSsh, "source.git.knownsshhosts"],
    [isSsh, "source.git.mountsshsock"],
    [options.checksum, "source.git.checksum"],
    [options.skipSubmodules, "source.git.skipsubmodules"],
    [options.mtime, "source.git.mtime"],
    [options.fetchByCommit, "source.git.fetchbycommit"],
    [true, "source.git"],
  ];
  return needs.flatMap(([isUsed, capability]) => (isUsed ? [capability] : []));
}

const flag = (isSet: boolean | undefined) => (isSet ? "true" : undefined);

/** The daemon wants every line ended. */
const knownHosts = (lines: string | undefined) => (lines ? `${lines.replace(/\n$/, "")}\n` : undefined);
