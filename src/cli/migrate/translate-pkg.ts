import { asSpecText } from "./expand-variables.ts";
import { type Finding, leftOver, needless } from "./finding.ts";
import { type JuliaStatement, type JuliaString, stringsIn } from "./julia-statements.ts";
import type { MigrationInputs } from "./migration-inputs.ts";

type Call = Extract<JuliaStatement, { readonly kind: "call" }>;

const done = "the build does that";

/** What a build does by itself, or need not do. */
const needlessCalls: ReadonlyMap<string, string> = new Map([
  ["instantiate", done],
  ["precompile", done],
  ["build", "build scripts run in every build"],
  ["activate", "the project is the active one"],
  ["resolve", "the manifest is taken as it is"],
  ["gc", "the image gets what the manifest needs and no more"],
  ["status", "a build says what it installs"],
  ["pin", "the manifest says the versions"],
  ["free", "the manifest says the versions"],
  ["generate", "the project is there"],
  ["rm", "the manifest says which packages there are"],
  ["test", "`--target test` runs the tests"],
  ["Registry.update", done],
]);

/** A call of Pkg's. */
export function translatePkg(
  { name, argumentText, text }: Call,
  line: number,
  inputs: MigrationInputs,
): readonly Finding[] {
  const called = name.replace(/^Pkg\.(?:API\.)?/, "");
  const why = needlessCalls.get(called);
  if (why !== undefined) return [needless(line, text, why)];
  switch (called) {
    case "add":
      return addedPackages(argumentText, text, line, inputs);
    case "develop":
    case "dev":
      return [developed(argumentText, text, line, inputs)];
    case "update":
    case "up":
      return [
        leftOver(
          line,
          text,
          "versions change when you change the manifest: `julia --project -e 'using Pkg; Pkg.update()'`, and commit it",
        ),
      ];
    case "Registry.add":
      return [registry(argumentText, text, line)];
    default:
      return [
        leftOver(line, text, "there is no counterpart: do it to the project, and commit what it changes"),
      ];
  }
}

function addedPackages(
  argumentText: string,
  text: string,
  line: number,
  { folder }: MigrationInputs,
): readonly Finding[] {
  const strings = stringsIn(argumentText);
  const isAddress = (one: JuliaString) =>
    one.keyword === "url" || one.keyword === "path" || (one.keyword === undefined && /[/:]/.test(one.text));
  const addresses = strings.filter(isAddress);
  const named = strings.filter((one) => !isAddress(one) && ["name", undefined].includes(one.keyword));
  const names = named.map((one) => one.text.split("@", 1)[0] ?? "");
  const known = folder?.projectFile.dependencies;
  const missing = names.filter((one) => known?.has(one) !== true && one !== "PackageCompiler");
  const found = [
    ...(missing.length === 0 ? [] : [leftOver(line, text, missingText(missing))]),
    ...addresses.map((one) => leftOver(line, text, addressText(one.text))),
  ];
  if (found.length > 0) return found;
  if (names.length === 0) {
    const todo = "which packages it adds is not to be seen: add them to the project, and commit the manifest";
    return [leftOver(line, text, todo)];
  }
  const isCompiler = names.includes("PackageCompiler");
  return [
    needless(line, text, isCompiler ? "packages are compiled without it" : "the project has what it adds"),
  ];
}

function missingText(names: readonly string[]): string {
  const command = `julia --project=. -e 'using Pkg; Pkg.add([${names.map((name) => JSON.stringify(name)).join(", ")}])'`;
  return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} not in Project.toml: \`${command}\`, and commit the manifest`;
}

function addressText(address: string): string {
  return `add ${address} to the project, whose manifest then names it; docs/private-packages.md is about private ones`;
}

function developed(argumentText: string, text: string, line: number, { layout }: MigrationInputs): Finding {
  const [path] = stringsIn(argumentText);
  const isProject = path === undefined || path.text === "." || path.text === layout.path;
  return isProject
    ? needless(line, text, "the project itself is in the image")
    : leftOver(
        line,
        text,
        `\`julia --project -e 'using Pkg; Pkg.develop(path = …)'\` makes ${path.text} a path dependency of the manifest, which the build takes from the context`,
      );
}

/** General is there without being named. */
function registry(argumentText: string, text: string, line: number): Finding {
  const strings = stringsIn(argumentText);
  const url = strings.find(
    ({ keyword, text: one }) => keyword === "url" || (keyword === undefined && /[/:]/.test(one)),
  )?.text;
  if (url !== undefined && !/\/General(?:\.git)?$/.test(url)) {
    return {
      kind: "offer",
      at: ["registries"],
      value: { url: asSpecText(url) },
      isItem: true,
      line,
      why: "Pkg.Registry.add",
    };
  }
  const name = strings.find(({ keyword }) => keyword === undefined || keyword === "name")?.text;
  return name === undefined || name === "General" || url !== undefined
    ? needless(line, text, "General is there")
    : {
        kind: "offer",
        at: ["registries"],
        value: { name: asSpecText(name) },
        isItem: true,
        line,
        why: "Pkg.Registry.add",
      };
}
