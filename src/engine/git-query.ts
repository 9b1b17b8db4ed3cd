import type { GitOptions } from "../buildkit/llb/index.ts";
import { quote } from "../text/quote.ts";
import { UserError } from "../text/user-error.ts";

/** What the query of a git URL can say about the checkout. */
export type GitQuery = Pick<
  GitOptions,
  "ref" | "subdirectory" | "checksum" | "keepGitDirectory" | "skipSubmodules" | "mtime" | "fetchByCommit"
>;

/** Keys that may stand without a value, and mean `true` then. */
const switches = ["keep-git-dir", "submodules", "fetch-by-commit"];
const known = ["ref", "tag", "branch", "subdir", "checksum", "commit", "mtime", ...switches];

/**
 * Reads the query of a git URL, `https://host/repository.git?branch=main&subdir=folder`, as the Dockerfile frontend does
 * (frontend/dockerfile/dfgitutil/git_ref.go). Throws with what is wrong with it.
 */
export function readGitQuery(url: string): GitQuery {
  const [, query, fragment = ""] = /^[^?#]*\?([^#]*)(?:#(.*))?$/s.exec(url) ?? [];
  if (query === undefined) {
    return {};
  }
  const values = singleValues(new URLSearchParams(query));
  const [writtenRef = "", writtenFolder = ""] = fragment.split(":", 2);
  const names = [writtenRef, values.get("ref"), ...qualifiedNames(values)];
  const mtime = values.get("mtime");
  if (mtime !== undefined && mtime !== "checkout" && mtime !== "commit") {
    throw new UserError(`the git URL has mtime=${quote(mtime)}; it can be checkout or commit`);
  }
  return {
    ref: onlyOne("revisions", names),
    subdirectory: onlyOne("folders", [writtenFolder, values.get("subdir")]),
    checksum: onlyOne("commits", [values.get("checksum"), values.get("commit")]),
    keepGitDirectory: switchValue(values, "keep-git-dir"),
    skipSubmodules: switchValue(values, "submodules") === false,
    mtime,
    fetchByCommit: switchValue(values, "fetch-by-commit"),
  };
}

/** A tag or a branch under its full name, since both may have one name. */
function qualifiedNames(values: ReadonlyMap<string, string>): readonly string[] {
  const qualified = (key: string, prefix: string) => {
    const name = values.get(key);
    return name === undefined ? [] : [name.startsWith(prefix) ? name : `${prefix}${name}`];
  };
  return [...qualified("tag", "refs/tags/"), ...qualified("branch", "refs/heads/")];
}

function singleValues(query: URLSearchParams): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [key, value] of query) {
    if (!known.includes(key)) {
      throw new UserError(`the git URL has the unknown key ${quote(key)}; it can have ${known.join(", ")}`);
    }
    if (values.has(key)) {
      throw new UserError(`the git URL has ${key} more than once`);
    }
    if (value === "" && !switches.includes(key)) {
      throw new UserError(`the git URL has ${key} without a value`);
    }
    values.set(key, value);
  }
  return values;
}

function switchValue(values: ReadonlyMap<string, string>, key: string): boolean | undefined {
  const value = values.get(key);
  if (value === undefined) {
    return undefined;
  }
  // The words of Go's strconv.ParseBool.
  if (/^(|1|t|T|true|TRUE|True)$/.test(value)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(value)) return false;
  throw new UserError(`the git URL has ${key}=${quote(value)}; it can be true or false`);
}

function onlyOne(what: string, values: readonly (string | undefined)[]): string | undefined {
  const different = new Set(values.filter((value) => value !== undefined && value !== ""));
  if (different.size > 1) {
    throw new UserError(
      `the git URL names different ${what}: ${[...different].map((value) => quote(String(value))).join(" and ")}`,
    );
  }
  return [...different][0];
}
