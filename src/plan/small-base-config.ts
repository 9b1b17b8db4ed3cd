import { environmentOf, type ImageConfig } from "./image-config.ts";

/**
 * The configuration of an image on a small base: that of the small base, with the variables of the image that is built on, among
 * which are those that Julia is found by. Programs of both are on the search path.
 */
export function smallBaseConfig(builtOn: ImageConfig, small: ImageConfig): ImageConfig {
  const [ofBuild, ofSmall] = [environmentOf(builtOn), environmentOf(small)];
  const path = searchPath(ofBuild.get("PATH"), ofSmall.get("PATH"));
  const env = new Map([...ofSmall, ...ofBuild, ...(path === "" ? [] : [["PATH", path] as const])]);
  return { ...small, config: { ...small.config, Env: [...env].map(([name, value]) => `${name}=${value}`) } };
}

function searchPath(...paths: readonly (string | undefined)[]): string {
  const folders = paths.flatMap((path = "") => path.split(":")).filter((folder) => folder !== "");
  return [...new Set(folders)].join(":");
}
