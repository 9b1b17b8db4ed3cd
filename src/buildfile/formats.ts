import {
  formatImageReference,
  imageReferencePattern,
  parseImageReference,
} from "../buildkit/image-reference.ts";
import { quote } from "../text/quote.ts";

/**
 * What a string in the spec may be. Strings end up in argument vectors, environment variables, paths and image
 * configurations; these patterns are what makes that safe, so each lists what is allowed rather than what is not.
 */
export interface Format {
  /** Completes "must be …". */
  readonly what: string;
  /**
   * For the JSON Schema as well; so no flags but `u`. A getter where it has sets of Unicode letters: they take 0.2 ms each to
   * compile, and few specs name a path.
   */
  readonly pattern: RegExp;
  /** What the pattern cannot say: the problem with a text that matches, or a hint for one that does not. */
  readonly problem?: (text: string) => string | undefined;
  /** The one form that the rest of the program sees. */
  readonly normalize?: (text: string) => string;
}

/** Characters of one part of a path: what neither a shell, a glob, a search path (`:`) nor a control sequence can use. */
const pathPart = "[\\p{L}\\p{N}._@+~=,][\\p{L}\\p{N}._@+~=, -]*";

function dotProblem(text: string): string | undefined {
  const parts = text.split("/");
  return parts.includes("..") ? "a path must not contain `..`" : undefined;
}

export const relativePath: Format = {
  what: "a path within the build context, such as `app` or `.`",
  get pattern() {
    return new RegExp(`^(?:\\./)*(?:${pathPart}/)*(?:${pathPart})?/?$`, "u");
  },
  problem: (text) =>
    text === ""
      ? "must not be empty: write `.` for the folder itself"
      : text.startsWith("/")
        ? "must be relative: without `/` at the front"
        : dotProblem(text),
  normalize: cleanRelativePath,
};

export const relativeFile: Format = {
  what: "the path of a file relative to the project, such as `main.jl`",
  get pattern() {
    return relativePath.pattern;
  },
  problem: (text) =>
    relativePath.problem?.(text) ??
    (cleanRelativePath(text) === "." || text.endsWith("/") ? "must name a file" : undefined),
  normalize: cleanRelativePath,
};

function cleanRelativePath(text: string): string {
  const parts = text.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 ? "." : parts.join("/");
}

/** Folders of the system in which nothing of ours may take the place of what is there. */
const systemFolders = /^\/(?:bin|boot|etc|home|lib|lib32|lib64|mnt|opt|root|run|sbin|srv|tmp|usr|var)$/;
const kernelFolders = /^\/(?:dev|proc|sys)(?:\/|$)/;

export const absolutePath: Format = {
  what: "an absolute path, such as `/app`",
  get pattern() {
    return new RegExp(`^(?:/${pathPart})+/?$`, "u");
  },
  problem: (text) => {
    const clean = text.replace(/\/$/, "");
    const parts = clean.split("/");
    if (parts.includes("..") || parts.includes(".")) {
      return "a path must not contain `.` or `..`";
    }
    if (!text.startsWith("/")) {
      return "must be absolute: with `/` at the front";
    }
    return clean === "" || systemFolders.test(clean) || kernelFolders.test(clean)
      ? "is a folder of the system: name one of its own"
      : undefined;
  },
  normalize: (text) => text.replace(/\/$/, ""),
};

export const juliaVersion: Format = {
  what: 'a version of Julia, such as "1.12", "1.12.5" or "1.13-rc"',
  pattern: /^[1-9]\d{0,2}(?:\.(?:0|[1-9]\d{0,2})){0,2}(?:-(?:alpha|beta|rc)\d{0,3})?$/,
  problem: (text) =>
    /^\d[\d.]*-\w/.test(text) && !juliaVersion.pattern.test(text)
      ? `for a variant of the image set \`base = "docker.io/library/julia:${text.slice(0, 40)}"\``
      : undefined,
};

export const imageReference: Format = {
  what: "an image reference, such as `registry.example.com/julia:1.12`",
  pattern: imageReferencePattern,
  problem: (text) => {
    if (/^\w+:\/\//.test(text)) {
      return "is an address: leave out the part up to `//`";
    }
    const isTooLong = imageReferencePattern.test(text) && parseImageReference(text) === undefined;
    return isTooLong ? "is longer than the name of an image may be" : undefined;
  },
  normalize: (text) => {
    const reference = parseImageReference(text);
    return reference === undefined ? text : formatImageReference(reference);
  },
};

/** Names by useradd(8) of Debian; numbers below 2^31, which every tool can hold. */
export const user: Format = {
  what: "a user, such as `1000:1000`, `1000` or `julia:julia`",
  pattern: /^(?:[a-z_][a-z0-9_-]{0,31}|0|[1-9]\d{0,9})(?::(?:[a-z_][a-z0-9_-]{0,31}|0|[1-9]\d{0,9}))?$/,
  problem: (text) =>
    text.split(":").some((part) => /^\d+$/.test(part) && Number(part) > 2 ** 31 - 1)
      ? "numbers of users and groups end at 2147483647"
      : undefined,
};

/** Debian Policy §5.6.1 (names) and §5.6.12 (versions). */
export const debianPackage: Format = {
  what: "the name of a Debian package, such as `libgomp1` or `git=1:2.39.5-0+deb12u2`",
  pattern: /^[a-z0-9][a-z0-9+.-]{1,127}(?:=[0-9][A-Za-z0-9.+:~-]{0,127})?$/,
};

export const environmentName: Format = {
  what: "the name of an environment variable: letters, digits and `_`",
  pattern: /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
};

export const labelName: Format = {
  what: "the name of a label: printable ASCII without spaces",
  pattern: /^[!-~]{1,255}$/,
};

/** Any text that a process can be given: no NUL and no other control characters except tab and line feed. */
export const text: Format = {
  what: "text without control characters",
  pattern: /^(?:\P{Cc}|[\t\n])*$/u,
};

/** Targets of JULIA_CPU_TARGET: names with features, separated by `;` (Julia manual, "Environment Variables"). */
export const cpuTarget: Format = {
  what: "a value of JULIA_CPU_TARGET, such as `generic` or `generic;haswell,clone_all`",
  pattern:
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}(?:,(?:[+-]?[a-z0-9][a-z0-9_.-]{0,63}|base\(\d{1,3}\)))*(?:;[A-Za-z0-9][A-Za-z0-9_.-]{0,63}(?:,(?:[+-]?[a-z0-9][a-z0-9_.-]{0,63}|base\(\d{1,3}\)))*)*;?$/,
};

/** Flags that are part of the validity of compiled files (`jl_cache_flags`), and no other: none of them takes a path. */
export const juliaFlag: Format = {
  what: "a flag that decides which compiled files are valid, such as `--check-bounds=no` or `-O2`",
  pattern:
    /^(?:-O[0-3]|-g[0-2]|--optimize=[0-3]|--debug-info=[0-2]|--check-bounds=(?:yes|no|auto)|--inline=(?:yes|no)|--math-mode=(?:ieee|user)|--pkgimages=(?:yes|no|existing))$/,
};

/** A package, or a module in one; it goes into a program for Julia 1.10. */
export const moduleName: Format = {
  what: "the name of a package, such as `MyApp`",
  pattern: /^[A-Za-z_][A-Za-z0-9_]{0,127}(?:\.[A-Za-z_][A-Za-z0-9_]{0,127})*$/,
};

export const cacheId: Format = {
  what: "a name of letters, digits, `.`, `_` and `-`",
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
};

export const serverUrl: Format = {
  what: "the address of a Pkg server, such as `https://pkg.example.com`, or empty for none",
  pattern: /^(?:|https?:\/\/[A-Za-z0-9.\-_~:/%[\]@]+)$/,
  problem: (address) => {
    if (address.includes("@")) {
      return "must not contain a user name or password: the image and the cache would keep them";
    }
    return address === "" || URL.canParse(address) ? undefined : `${quote(address)} is not a valid address`;
  },
  normalize: (address) => address.replace(/\/+$/, ""),
};

/** As `docker buildx build --secret id=…` and `--ssh …` take it: both separate their fields by `,` and `=`. */
export const grantId: Format = {
  what: "a name of letters, digits, `.`, `_` and `-`",
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
};

/** One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"), without markers. */
export const knownHost: Format = {
  what: "a line of a known_hosts file, such as `git.example.com ssh-ed25519 AAAA…`, as `ssh-keyscan` prints it",
  pattern:
    /^[A-Za-z0-9.,:*?!|+/=[\]_-]+ (?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]{20,4096}={0,3}(?: [ -~]{0,255})?$/,
};

/** What git clones from, by https or ssh; libgit2 and git agree on these forms. */
export const repositoryUrl: Format = {
  what: "the address of a git repository, such as `https://git.example.com/registry.git` or `git@git.example.com:team/registry.git`",
  pattern:
    /^(?:https?:\/\/[A-Za-z0-9.\-_~:/%[\]@]+|ssh:\/\/(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9.\-_~:/%[\]]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[A-Za-z0-9.\-_~/%]+)$/,
  problem: (address) =>
    /^https?:\/\/[^/]*@/.test(address)
      ? "must not contain a user name or password: hand them to the build with `[secrets]`"
      : undefined,
};

export const uuid: Format = {
  what: "a UUID, such as `23338594-aafe-5451-b93e-139f81909106`",
  pattern: /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  normalize: (id) => id.toLowerCase(),
};

/** A folder of that name is made in the depot. */
export const registryName: Format = {
  what: "the name of a registry, such as `General`",
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
};
