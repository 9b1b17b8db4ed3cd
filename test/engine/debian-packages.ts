import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runChecked } from "./command.ts";
import { statePath, stateSubfolder } from "./state.ts";

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

export interface AptSource {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

/** Reads one file of /etc/apt in either of apt's formats (sources.list(5): one-line, deb822). */
export function parseAptSources(text: string): readonly AptSource[] {
  return /^\s*Types\s*:/im.test(text) ? parseDeb822(text) : parseOneLine(text);
}

function parseOneLine(text: string): readonly AptSource[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (match === null) return [];
    const [, uri = "", suite = "", components = ""] = match;
    return [{ uri, suites: [suite], components: words(components) }];
  });
}

function parseDeb822(text: string): readonly AptSource[] {
  return text
    .split(/\n[ \t]*\n/)
    .map((stanza) => stanza.replace(/^#.*\n?/gm, ""))
    .flatMap((stanza) => {
      const field = (name: string): readonly string[] =>
        words(new RegExp(`^${name}\\s*:((?:.*)(?:\\n[ \\t].*)*)`, "im").exec(stanza)?.[1] ?? "");
      const usable = field("Types").includes("deb") && field("Enabled")[0]?.toLowerCase() !== "no";
      if (!usable) return [];
      return field("URIs").map((uri) => ({ uri, suites: field("Suites"), components: field("Components") }));
    });
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The mirror that apt uses for the suite this machine runs. */
export function mirrorOf(sources: readonly AptSource[], codename: string): string | undefined {
  const own = sources.find(
    (source) =>
      source.suites.includes(codename) && source.components.includes("main") && /^https?:/.test(source.uri),
  );
  return own?.uri.replace(/\/+$/, "");
}

/** This machine's Debian: its codename and mirror, or undefined when it is not a Debian with a mirror. */
export async function thisDebian(): Promise<
  { readonly codename: string; readonly mirror: string } | undefined
> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (!/^ID=debian$/m.test(release) || !existsSync(KEYRING)) return undefined;
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1];
  if (codename === undefined) return undefined;
  const folder = "/etc/apt/sources.list.d";
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => /\.(list|sources)$/.test(name))
    .sort();
  const files = ["/etc/apt/sources.list", ...names.map((name) => join(folder, name))];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  const mirror = mirrorOf(texts.flatMap(parseAptSources), codename);
  return mirror === undefined ? undefined : { codename, mirror };
}

/** A line for sources.list; apt checks the suite's signature with Debian's own keyring. */
export function sourceLine(mirror: string, suite: string): string {
  return `deb [signed-by=${KEYRING}] ${mirror} ${suite} main`;
}

/**
 * Downloads packages of any Debian suite and unpacks them into a folder of our own, without their
 * dependencies and without running their scripts: nothing is installed on the machine.
 * apt itself does the download, with lists and a cache apart from the machine's, so that its
 * proxy settings, signature checks and hash checks hold.
 *
 * @param architecture Debian's name of the architecture that the packages are for; without it, it is the machine's
 */
export async function unpackDebianPackages(
  suite: string,
  names: readonly string[],
  architecture?: string,
): Promise<string> {
  const target = statePath(
    "debian",
    [suite, ...names, ...(architecture === undefined ? [] : [architecture])].join("-"),
  );
  if (existsSync(target)) return target;
  const debian = await thisDebian();
  if (debian === undefined) throw new Error("this machine is not a Debian whose apt has a mirror configured");
  const scratch = await stateSubfolder("debian", `.${suite}-${names[0]}-${process.pid}`);
  try {
    const source = sourceLine(debian.mirror, suite);
    const debs = await downloadPackages({ source, names, scratch, architecture });
    const root = join(scratch, "root");
    await mkdir(root);
    for (const deb of debs) await runChecked("dpkg-deb", ["-x", deb, root]);
    await rename(root, target);
    return target;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Download {
  /** A line of sources.list. */
  readonly source: string;
  readonly names: readonly string[];
  readonly scratch: string;
  /** Debian's name of the architecture that the packages are for; without it, it is the machine's. */
  readonly architecture: string | undefined;
}

async function downloadPackages(download: Download): Promise<readonly string[]> {
  const { source, names, scratch, architecture } = download;
  for (const folder of ["lists/partial", "cache/archives/partial", "debs"]) {
    await mkdir(join(scratch, folder), { recursive: true });
  }
  const sourceList = join(scratch, "sources.list");
  await writeFile(sourceList, `${source}\n`);
  const settings = {
    "Dir::Etc::SourceList": sourceList,
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::State::Lists": join(scratch, "lists"),
    "Dir::State::status": "/dev/null",
    "Dir::Cache": join(scratch, "cache"),
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    // The folders above belong to the caller: apt's own sandbox user could not write there.
    "APT::Sandbox::User": "root",
    ...(architecture === undefined
      ? {}
      : { "APT::Architecture": architecture, "APT::Architectures": architecture }),
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  await runChecked("apt-get", [...options, "-q", "update"]);
  const debs = join(scratch, "debs");
  await runChecked("apt-get", [...options, "-q", "download", ...names], { cwd: debs });
  return (await readdir(debs)).map((name) => join(debs, name));
}
