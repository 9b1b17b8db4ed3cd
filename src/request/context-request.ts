import { familiarName } from "../buildkit/image-reference.ts";
import { printable, quote } from "../text/quote.ts";
import { type OptionProblem, optionsWith } from "./option.ts";

/** Where the files of a build come from, as the client says it (BuildKit: frontend/dockerui, context.go and namedcontext.go). */
export interface ContextRequest {
  /** URL of the build context; absent: a folder of the client. */
  readonly main: string | undefined;
  /** Folder of the build context that takes its place. */
  readonly subdirectory: string | undefined;
  /** Name of the client's folder with the spec, if the spec is not in the build context. */
  readonly specFolder: string | undefined;
  /** `--build-context`: by name, which may end in `::os/architecture`. */
  readonly named: ReadonlyMap<string, string>;
  /** JSON with the image configuration of another target of a bake file, by the name of its input. */
  readonly inputMetadata: ReadonlyMap<string, string>;
  /** Sessions of folders that are not those of the build's own session, by name. */
  readonly sessions: ReadonlyMap<string, string>;
  /** What tells folders of one name apart, by name. */
  readonly sharedKeys: ReadonlyMap<string, string>;
  readonly keepGitDirectory: boolean;
}

/** Prefixes that named contexts may have; buildx replaces `target:` and folders by them. */
const schemes = /^(docker-image:\/\/|oci-layout:\/\/|git:\/\/|ssh:\/\/|https?:\/\/|git@|local:|input:)/;

export function readContextRequest(options: ReadonlyMap<string, string>): {
  readonly contexts: ContextRequest;
  readonly problems: readonly OptionProblem[];
} {
  const written = optionsWith("context:", options);
  const contexts: ContextRequest = {
    main: options.get(options.get("contextkey") || "context") || undefined,
    subdirectory: options.get("contextsubdir") || undefined,
    specFolder: options.get("dockerfilekey") || undefined,
    named: new Map([...written].map(([name, value]) => [contextName(name), value])),
    inputMetadata: optionsWith("input-metadata:", options),
    sessions: optionsWith("local-sessionid:", options),
    sharedKeys: optionsWith("sharedkey:localdir:", options),
    keepGitDirectory: /^(1|true)$/i.test(options.get("build-arg:BUILDKIT_CONTEXT_KEEP_GIT_DIR") ?? ""),
  };
  const problems = [...written]
    .filter(([, value]) => !schemes.test(value))
    .map(([name, value]) => ({
      option: `context:${name}`,
      message: `--build-context ${printable(name)}: ${quote(value)} is of a kind that is not supported by this version`,
    }));
  return { contexts, problems };
}

/** Names are compared as people write image names: without the default registry and the tag `latest`. */
export function contextName(name: string): string {
  const [context = "", platform] = name.split("::", 2);
  const familiar = familiarName(context);
  return platform === undefined ? familiar : `${familiar}::${platform}`;
}
