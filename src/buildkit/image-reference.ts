/**
 * Names of images, by the grammar of the distribution project (github.com/distribution/reference, `regexp.go` and
 * `normalize.go`).
 */

/** A fully spelled image name. */
export interface ImageReference {
  /** The name with the registry's host, as `registry.example.com/team/name`. */
  readonly name: string;
  readonly tag?: string | undefined;
  /** The digest with its algorithm, as `sha256:...`. */
  readonly digest?: string | undefined;
}

const defaultRegistry = "docker.io";
const label = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)";
const host = `(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?`;
const component = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
const path = `${component}(?:/${component})*`;
const tagText = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const sha256 = "sha256:[0-9a-f]{64}";
/** A digest of any algorithm. */
const anyDigest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";

/** What may be written where a person names an image, in one expression: by digest only those of SHA-256, as all have. */
export const imageReferencePattern = new RegExp(
  `^(?:(${host})/)?(${path})(?::(${tagText}))?(?:@(${sha256}))?$`,
);

const grammar = new RegExp(`^([^@]+?)(?::(${tagText}))?(?:@(${anyDigest}))?$`);
const nameGrammar = new RegExp(`^(?:${host}/)?${path}$`);

/**
 * Reads an image name as Docker does: without a registry it is on Docker Hub, without a path it is one of
 * the official images there. A name without tag and digest gets the tag `latest`.
 * Undefined if it is no image name.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  const match = grammar.exec(text);
  const [, written = "", tag, digest] = match ?? [];
  if (match === null || /^[0-9a-f]{64}$/.test(written)) return undefined;
  const name = withRegistry(written);
  if (!nameGrammar.test(name) || name.length > 255) return undefined;
  return { name, tag: tag ?? (digest === undefined ? "latest" : undefined), digest };
}

export function formatImageReference({ name, tag, digest }: ImageReference): string {
  return `${name}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** The first part is a host if it has a dot or a port, is `localhost`, or has a capital letter. */
function withRegistry(written: string): string {
  const slash = written.indexOf("/");
  const first = written.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === "localhost" || first.toLowerCase() !== first;
  const registry = isHost ? first : defaultRegistry;
  const path = isHost ? written.slice(slash + 1) : written;
  if (registry === "index.docker.io") return withRegistry(`${defaultRegistry}/${path}`);
  return registry === defaultRegistry && !path.includes("/")
    ? `${registry}/library/${path}`
    : `${registry}/${path}`;
}

/** An image name as short as people write it: without the default registry and the tag `latest`. Other texts stay as they are. */
export function familiarName(text: string): string {
  const parsed = parseImageReference(text);
  if (parsed === undefined) return text;
  const name = parsed.name.replace(/^docker\.io\/(?:library\/)?/, "");
  return formatImageReference({ ...parsed, name, tag: parsed.tag === "latest" ? undefined : parsed.tag });
}
