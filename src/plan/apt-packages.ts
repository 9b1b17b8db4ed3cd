import type { Spec } from "../buildfile/spec.ts";
import type { Span } from "../text/source-file.ts";
import type { AptPackages } from "./plan.ts";

/** What has to be installed to build: with `git`, Pkg needs the program, and that needs `ssh` for such addresses. */
export function buildPackages({ packages, pkg, ssh }: Spec, span: Span | undefined): AptPackages {
  const needed = pkg.useCliGit ? ["git", ...(ssh === undefined ? [] : ["openssh-client"])] : [];
  const listed = new Set([...packages.apt, ...packages.buildApt].map((entry) => entry.split("=", 1)[0]));
  return { names: [...packages.buildApt, ...needed.filter((name) => !listed.has(name))], span };
}
