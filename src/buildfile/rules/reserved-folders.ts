/** Folders of a Linux system that hold programs and what they need. Whoever covers one has an image in which nothing runs. */
const programFolders = [
  "/bin",
  "/boot",
  "/dev",
  "/lib",
  "/lib32",
  "/lib64",
  "/proc",
  "/sbin",
  "/sys",
  "/usr/bin",
  "/usr/lib",
  "/usr/local/bin",
  "/usr/local/julia",
  "/usr/local/lib",
  "/usr/sbin",
] as const;

/** Folders that may hold something of the person's own, in a folder below. */
const sharedFolders = ["/etc", "/usr", "/usr/local", "/usr/share", "/var", "/var/lib"] as const;

/** The folder of the system that a path would hide or fill; undefined if there is none. */
export function coveredSystemFolder(path: string): string | undefined {
  return (
    programFolders.find((folder) => isInside(path, folder) || isInside(folder, path)) ??
    sharedFolders.find((folder) => isInside(folder, path))
  );
}

export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? folder : `${folder}/`);
}

export function overlaps(left: string | undefined, right: string): boolean {
  return left !== undefined && (isInside(left, right) || isInside(right, left));
}
