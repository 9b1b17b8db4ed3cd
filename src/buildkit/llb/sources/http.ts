import { source } from "../source.ts";
import type { Output, VertexOptions } from "../vertex.ts";

export interface HttpOptions extends VertexOptions {
  /** Digest that the content must have, as `sha256:...`. */
  readonly checksum?: string | undefined;
  /** Name of the file in the result. */
  readonly filename?: string | undefined;
  /** Permission bits of the file. */
  readonly mode?: number | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  /** Id of the secret that holds the Authorization header. */
  readonly authHeaderSecret?: string | undefined;
  readonly accept?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** A directory with one file, downloaded from `url`. */
export function http(url: string, options: HttpOptions = {}): Output {
  const { checksum, filename, mode, uid, gid, authHeaderSecret, accept, userAgent, ...vertexOptions } =
    options;
  const permissions = (mode ?? 0) & 0o777;
  const attributes = {
    "http.checksum": checksum || undefined,
    "http.filename": filename || undefined,
    "http.perm": permissions === 0 ? undefined : `0${permissions.toString(8)}`,
    "http.uid": uid ? String(uid) : undefined,
    "http.gid": gid ? String(gid) : undefined,
    "http.authheadersecret": authHeaderSecret || undefined,
    "http.header.accept": accept || undefined,
    "http.header.user-agent": userAgent || undefined,
  };
  const needs: readonly (readonly [unknown, string])[] = [
    [checksum, "source.http.checksum"],
    [permissions, "source.http.perm"],
    [uid || gid, "soruce.http.uidgid"], // the spelling is BuildKit's
    [authHeaderSecret, "source.http.auth"],
    [accept || userAgent, "source.http.header"],
    [true, "source.http"],
  ];
  const capabilities = needs.flatMap(([isUsed, capability]) => (isUsed ? [capability] : []));
  return source(url, attributes, capabilities, vertexOptions);
}
