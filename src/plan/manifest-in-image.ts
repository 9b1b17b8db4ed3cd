import { posix } from "node:path";
import type { Layout } from "../project/layout.ts";
import type { LoadedProject } from "../project/loaded-project.ts";

/** Where the image's Julia finds the manifest: the project's, its workspace's, or the one that the build made. */
export function manifestInImage({ resolved }: LoadedProject, layout: Layout): string {
  const file = layout.files.find(({ from }) => from === resolved?.manifest.file.name);
  return file?.to ?? posix.join(layout.project, "Manifest.toml");
}
