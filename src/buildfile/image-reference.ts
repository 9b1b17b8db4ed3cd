/**
 * References to images, by the grammar of the distribution project (github.com/distribution/reference, `regexp.go`
 * and `normalize.go`).
 */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

const domainComponent = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)";
const domain = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?`;
const pathComponent = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
const path = `${pathComponent}(?:/${pathComponent})*`;
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "sha256:[0-9a-f]{64}";

export const imageReferencePattern = new RegExp(
  `^(?:(${domain})/)?(${path})(?::(${tag}))?(?:@(${digest}))?$`,
);

const longestName = 255;
const longestReference = longestName + 128 + 80;

/** Reads a reference in the short form people write; `undefined` if it breaks the grammar. */
export function parseImageReference(text: string): ImageReference | undefined {
  const match = text.length <= longestReference ? imageReferencePattern.exec(text) : null;
  const [, first, rest, tagText, digestText] = match ?? [];
  if (rest === undefined) {
    return undefined;
  }
  const { registry, repository } = splitName(first, rest);
  if (registry.length + repository.length + 1 > longestName) {
    return undefined;
  }
  return {
    registry,
    repository,
    ...(tagText === undefined ? {} : { tag: tagText }),
    ...(digestText === undefined ? {} : { digest: digestText }),
  };
}

/** The full form: registry, repository, and tag or digest; `latest` if neither is given. */
export function formatImageReference(reference: ImageReference): string {
  const tagText = reference.tag ?? (reference.digest === undefined ? "latest" : undefined);
  const name = `${reference.registry}/${reference.repository}`;
  return `${name}${tagText === undefined ? "" : `:${tagText}`}${reference.digest === undefined ? "" : `@${reference.digest}`}`;
}

/** A first component without dot and port is a registry only if it is `localhost` or has capitals: else it is a path. */
function splitName(first: string | undefined, rest: string): Pick<ImageReference, "registry" | "repository"> {
  if (first === undefined || !/[.:A-Z]|^localhost$/.test(first)) {
    return dockerHub(first === undefined ? rest : `${first}/${rest}`);
  }
  return first === "docker.io" || first === "index.docker.io"
    ? dockerHub(rest)
    : { registry: first, repository: rest };
}

function dockerHub(repository: string): Pick<ImageReference, "registry" | "repository"> {
  return {
    registry: "docker.io",
    repository: repository.includes("/") ? repository : `library/${repository}`,
  };
}
