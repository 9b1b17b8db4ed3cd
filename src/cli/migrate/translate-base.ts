import { juliaVersion } from "../../buildfile/formats.ts";
import { type ImageReference, parseImageReference } from "../../buildkit/image-reference.ts";
import { parseJuliaVersion } from "../../julia/julia-version.ts";
import { chooseJulia, newestJulia } from "../first-spec/choose-spec.ts";
import { type DockerStage, lineOfStages } from "./dockerfile.ts";
import { type Expansion, expandVariables } from "./expand-variables.ts";
import { type Finding, leftOver, type Offer } from "./finding.ts";
import type { MigrationInputs } from "./migration-inputs.ts";
import { stageNamed } from "./used-stages.ts";

export interface BaseTranslation {
  /** What says which Julia and which base; the first is taken that a spec may have. */
  readonly alternatives: readonly (readonly Offer[])[];
  readonly findings: readonly Finding[];
}

/** What is known of the image that a FROM names. */
interface FromImage {
  readonly line: number;
  /** As it is written. */
  readonly written: string;
  readonly expansion: Expansion;
  /** Undefined if a variable hides it, and for `scratch`. */
  readonly reference: ImageReference | undefined;
}

/** The image that the spec starts from, by the last stage. */
export function translateBase(inputs: MigrationInputs): BaseTranslation {
  const [root] = inputs.used.final;
  if (root === undefined) return { alternatives: fallbacks(inputs), findings: [] };
  const from = fromImage(root);
  const { alternatives, findings } = isOfficial(from.reference)
    ? officialImage(from)
    : otherImage(from, inputs);
  const ofPlatform = inputs.used.final.filter(({ image }) => /\$\{?TARGET/.test(image));
  const platforms = ofPlatform.map(({ line: at, image }) =>
    leftOver(
      at,
      `FROM ${image}`,
      "a spec is for all platforms: what the stage for linux/amd64 says is taken",
    ),
  );
  return { alternatives: [...alternatives, ...fallbacks(inputs)], findings: [...findings, ...platforms] };
}

function fromImage({ image, variables, line }: DockerStage): FromImage {
  const expansion = expandVariables(image, variables);
  const isNamed = expansion.unknown.length === 0 && expansion.plain !== "scratch";
  const reference = isNamed ? parseImageReference(expansion.plain) : undefined;
  return { line, written: image, expansion, reference };
}

function isOfficial(reference: ImageReference | undefined): boolean {
  return reference?.name === "docker.io/library/julia";
}

function officialImage(from: FromImage): BaseTranslation {
  const { line, written, expansion, reference } = from;
  const tag = reference?.tag ?? "";
  const plainVersion = tag.split("-")[0] ?? "";
  const hasVersion = parseJuliaVersion(plainVersion) !== undefined;
  // An argument may be all of the name, and then is no version.
  const version = tagOf(expansion.spec).split("-")[0] || plainVersion;
  const julia = hasVersion ? [offerOf("julia", version, from)] : [];
  if (tag.includes("alpine")) {
    const todo = "Julia's packages need glibc, which Alpine has not: the official image on Debian is taken";
    return { alternatives: hasVersion ? [julia] : [], findings: [leftOver(line, `FROM ${written}`, todo)] };
  }
  if (reference?.digest === undefined && juliaVersion.pattern.test(tag)) {
    return { alternatives: [julia], findings: [] };
  }
  if (reference?.digest === undefined && !hasVersion) {
    const todo = "the tag names no version of Julia: see which was taken";
    return { alternatives: [], findings: [leftOver(line, `FROM ${written}`, todo)] };
  }
  return { alternatives: [[...julia, offerOf("base", expansion.spec, from)]], findings: [] };
}

/** The tag in the name of an image, with its variables. */
function tagOf(name: string): string {
  const [undigested = ""] = name.split("@");
  const colon = undigested.lastIndexOf(":");
  return colon > undigested.lastIndexOf("/") ? undigested.slice(colon + 1) : "";
}

function otherImage(from: FromImage, inputs: MigrationInputs): BaseTranslation {
  const { line, written, expansion, reference } = from;
  const what = `FROM ${written}`;
  if (reference === undefined) {
    const missing =
      expansion.unknown.length > 0
        ? `${expansion.unknown.join(", ")} has no value here`
        : "no image is named";
    return { alternatives: [], findings: [leftOver(line, what, `${missing}: name the image as \`base\``)] };
  }
  const copied = copiedJulia(inputs);
  if (copied !== undefined) {
    const offer: Offer = {
      kind: "offer",
      at: ["image", "base"],
      value: expansion.spec,
      args: expansion.args,
      line,
      why: `${what}, with Julia copied into it`,
    };
    return { alternatives: officialImage(copied).alternatives, findings: [offer] };
  }
  const installed = installedJulia(inputs);
  if (installed === undefined)
    return { alternatives: [[offerOf("base", expansion.spec, from)]], findings: [] };
  const todo =
    "Julia is installed into it by the Dockerfile, and the spec takes the official image of Julia, which is a Debian. To keep yours, build an image with this part of the Dockerfile, and name it as `base`";
  const { version, line: at } = installed;
  const julia = (value: string): Offer => ({
    kind: "offer",
    at: ["julia"],
    value,
    line: at,
    why: "the version that is installed",
  });
  return {
    alternatives: version === undefined ? [] : [[julia(version)]],
    findings: [leftOver(line, what, todo)],
  };
}

/** The official image that the last stage copies Julia from. */
function copiedJulia({ used, dockerfile }: MigrationInputs): FromImage | undefined {
  const froms = used.final.flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, flags, words, variables, line }) => {
      const from = flags.find(({ name }) => name === "from")?.value;
      if (keyword !== "COPY" || from === undefined || !words.some((word) => /julia/i.test(word))) return [];
      const stage = stageNamed(from, dockerfile.stages);
      if (stage !== undefined) return lineOfStages(stage).slice(0, 1).map(fromImage);
      const expansion = expandVariables(from, variables);
      return [{ line, written: from, expansion, reference: parseImageReference(expansion.plain) }];
    }),
  );
  return froms.find(({ reference }) => isOfficial(reference));
}

const versionName = /^JULIA(?:_LANG|LANG)?_?(?:VERSION|VER|RELEASE)(?:_FULL)?$/i;
const archiveName = /\bjulia-(\d+\.\d+(?:\.\d+)?)/;

/** A Julia that the Dockerfile installs by itself: a variable that names its version, or the archive. */
function installedJulia({
  used,
}: MigrationInputs): { readonly version?: string; readonly line: number } | undefined {
  const instructions = [...used.final, ...used.builders].flatMap((stage) => stage.instructions);
  for (const { properties, variables, line } of instructions) {
    const set = properties.find(({ name }) => versionName.test(name));
    const value = set && (set.value ?? variables.get(set.name)?.value);
    const version = value && expandVariables(value, variables).plain.replace(/^v/, "");
    if (version && juliaVersion.pattern.test(version)) return { version, line };
  }
  const runs = instructions.filter(
    ({ keyword, text }) => ["RUN", "ADD", "ENV", "ARG"].includes(keyword) && /julia/i.test(text),
  );
  const named = runs.find(({ text, variables }) => archiveName.test(expandVariables(text, variables).plain));
  if (named !== undefined) {
    const version = archiveName.exec(expandVariables(named.text, named.variables).plain)?.[1];
    return { ...(version === undefined ? {} : { version }), line: named.line };
  }
  const installs = runs.find(({ text }) => /juliaup|julialang|install[^&;|]*\bjulia\b/i.test(text));
  return installs === undefined ? undefined : { line: installs.line };
}

function offerOf(key: "julia" | "base", value: string, { line, written, expansion }: FromImage): Offer {
  const args = [...expansion.args].filter(([name]) => value.includes(`\${${name}}`));
  return { kind: "offer", at: [key], value, args: new Map(args), line, why: `FROM ${written}` };
}

/** What is taken where the Dockerfile's Julia cannot be: that of the manifest, or the newest that the project allows. */
function fallbacks({ folder }: MigrationInputs): readonly (readonly Offer[])[] {
  const offer = (value: string, why: string): readonly Offer[] => [
    { kind: "offer", at: ["julia"], value, line: undefined, why },
  ];
  const chosen =
    folder === undefined ? [] : [chooseJulia(folder), chooseJulia({ ...folder, manifest: undefined })];
  const newest = { value: newestJulia, why: "the newest version" };
  return [...chosen, newest].map(({ value, why }) => offer(value, why));
}
