import type { Platform } from "../buildkit/llb/index.ts";

/** Other names of architectures, as containerd normalises them (containerd/platforms, database.go). */
const architectureNames: Readonly<
  Record<string, { readonly architecture: string; readonly variant?: string }>
> = {
  x86_64: { architecture: "amd64" },
  "x86-64": { architecture: "amd64" },
  i386: { architecture: "386" },
  i686: { architecture: "386" },
  aarch64: { architecture: "arm64" },
  armhf: { architecture: "arm", variant: "v7" },
  armel: { architecture: "arm", variant: "v6" },
};

const form = /^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+){0,2}$/;

/** Reads `os/architecture[/variant]` as `--platform` takes it; undefined if it is not of that form. */
export function parsePlatform(text: string): Platform | undefined {
  if (!form.test(text)) {
    return undefined;
  }
  const [os = "linux", named = "amd64", variant] = text.toLowerCase().split("/");
  const known = architectureNames[named] ?? { architecture: named };
  return normalised({ os, ...known, ...(variant === undefined ? {} : { variant }) });
}

/** containerd leaves out the variant that an architecture has anyway, and names it for arm. */
function normalised(platform: Platform): Platform {
  const { os, architecture, variant } = platform;
  if (architecture === "arm" && variant === undefined) {
    return { os, architecture, variant: "v7" };
  }
  if ((architecture === "arm64" && variant === "v8") || (architecture === "amd64" && variant === "v1")) {
    return { os, architecture };
  }
  return platform;
}

/** `os/architecture[/variant]`: the key under which BuildKit knows a platform's result. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join("/");
}
