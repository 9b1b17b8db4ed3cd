import { isAtLeast, type JuliaVersion } from "../julia/julia-version.ts";
import type { Key } from "./key.ts";
import { keys } from "./keys.ts";

/** The keys among these that have no effect in a version of Julia. */
export function keysTooNew(isGiven: (path: string) => boolean, julia: JuliaVersion): readonly KeySince[] {
  return keys.flatMap((key) =>
    hasStart(key) && isGiven(key.path) && !isAtLeast(julia, ...key.juliaSince) ? [key] : [],
  );
}

/** A key that an older Julia knows nothing of. */
export type KeySince = Key & Required<Pick<Key, "juliaSince">>;

function hasStart(key: Key): key is KeySince {
  return key.juliaSince !== undefined;
}

/** What to tell of such a key; `name` is the version as the person or the image writes it. */
export function tooNewMessage({ path, juliaSince }: KeySince, name: string) {
  return {
    severity: "error",
    message: `\`${path}\` has no effect in Julia \`${name}\``,
    suggestion: `leave it out, or use Julia ${juliaSince.join(".")} or newer`,
  } as const;
}
