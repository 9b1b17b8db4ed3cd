import type { Import } from "./imports.ts";

/** A folder of the source, or the file that starts it. */
export interface Room {
  readonly name: string;
  /** What is in it. */
  readonly holds: string;
  /** Rooms, or files of rooms, that it may take anything from. */
  readonly mayKnow: readonly string[];
  /** Rooms of which it may take types alone. */
  readonly mayKnowTypesOf?: readonly string[];
}

/**
 * The rooms of the source from the top down. Arrows point down this list: `npm test` refuses an import that is not allowed here.
 * The page docs/architecture.md shows the list.
 */
export const rooms: readonly Room[] = [
  {
    name: "main.ts",
    holds: "The container's entry point: a build, or something else that was asked",
    mayKnow: ["cli", "frontend", "buildkit", "text"],
  },
  {
    name: "start",
    holds:
      "What the container starts before it: opens the connection, and loads the bundle with what V8 compiled of it",
    mayKnow: ["buildkit/gateway/opening.ts"],
  },
  {
    name: "cli",
    holds:
      "The command line tool: checks, plans and draws without BuildKit, and writes a first spec: for a project (init/), or for a Dockerfile (migrate/)",
    mayKnow: [
      "answers",
      "frontend",
      "engine",
      "lower",
      "plan",
      "project",
      "request",
      "buildfile",
      "julia",
      "text",
      "buildkit",
    ],
  },
  {
    name: "answers",
    holds: "What `--call` asks, one table of questions, and the answers",
    mayKnow: ["frontend", "engine", "plan", "request", "buildfile", "text", "buildkit"],
  },
  {
    name: "frontend",
    holds: "The story of a build on one page, build.ts, and its ends: warnings, errors, result, attestations",
    mayKnow: ["engine", "lower", "plan", "project", "request", "buildfile", "text", "buildkit"],
  },
  {
    name: "engine",
    holds: "What a build reads through BuildKit: contexts, files, base image, seed",
    mayKnow: ["lower", "plan", "project", "request", "buildfile", "julia", "text", "buildkit"],
  },
  {
    name: "lower",
    holds: "Plan → LLB, without a decision and without I/O",
    mayKnow: ["plan", "project", "request", "buildfile", "text", "buildkit"],
  },
  {
    name: "plan",
    holds: "Spec, Project and base image → Plan: everything that is decided. Pure",
    mayKnow: ["project", "request", "buildfile", "julia", "text"],
    mayKnowTypesOf: ["buildkit"],
  },
  {
    name: "project",
    holds:
      "Project.toml, manifest, preferences and workspace → Project, with a rule in each file of rules/. Pure",
    mayKnow: ["buildfile", "julia", "text"],
  },
  {
    name: "request",
    holds: "What the person asks for on the command line: options, targets, platforms, contexts. Pure",
    mayKnow: ["text", "buildkit/image-reference.ts"],
    mayKnowTypesOf: ["buildkit"],
  },
  {
    name: "buildfile",
    holds: "The text of julia.toml → Spec: a table of keys, formats, a rule in each file of rules/. Pure",
    mayKnow: ["julia", "text", "buildkit/image-reference.ts"],
  },
  {
    name: "julia",
    holds: "The Julia programs that run in the build, what ships them, and the order of Julia's versions",
    mayKnow: [],
  },
  {
    name: "text",
    holds: "TOML with positions, diagnostics with their rules, and how both are shown",
    mayKnow: [],
  },
  {
    name: "buildkit",
    holds:
      "BuildKit's protocol: llb/ (the graph and its bytes), gateway/ (the calls), gen/ (the messages). It knows no Julia",
    mayKnow: [],
  },
];

function roomOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/** The imports that point at a room which the importing one may not know. */
export function forbidden(imports: readonly Import[]): readonly Import[] {
  return imports.filter(({ from, to, isOfTypes }) => {
    if (roomOf(from) === roomOf(to) || to.startsWith("..")) {
      return false;
    }
    const room = rooms.find(({ name }) => name === roomOf(from));
    const known = [...(room?.mayKnow ?? []), ...(isOfTypes ? (room?.mayKnowTypesOf ?? []) : [])];
    return !known.includes(roomOf(to)) && !known.includes(to);
  });
}

/** What is allowed and done nowhere. */
export function unused(imports: readonly Import[]): readonly string[] {
  return rooms.flatMap(({ name, mayKnow, mayKnowTypesOf = [] }) =>
    [...mayKnow, ...mayKnowTypesOf]
      .filter(
        (known) =>
          !imports.some(({ from, to }) => roomOf(from) === name && (roomOf(to) === known || to === known)),
      )
      .map((known) => `${name} → ${known}`),
  );
}

/** A chain of files each of which imports the next and the last the first, for every circle; types count too. */
export function circles(imports: readonly Import[]): readonly (readonly string[])[] {
  const done = new Set<string>();
  const found: (readonly string[])[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start !== -1) found.push(path.slice(start));
    if (start !== -1 || done.has(file)) return;
    for (const { from, to } of imports) {
      if (from === file) visit(to, [...path, file]);
    }
    done.add(file);
  };
  for (const { from } of imports) visit(from, []);
  return found;
}

/** The rooms and what each takes from others, in the language of Mermaid. An arrow that others lead along is left out. */
export function drawRooms(imports: readonly Import[]): string {
  const arrows = new Map(rooms.map(({ name }) => [name, new Set<string>()]));
  for (const { from, to } of imports) {
    if (roomOf(from) !== roomOf(to) && arrows.has(roomOf(to))) arrows.get(roomOf(from))?.add(roomOf(to));
  }
  const leadsTo = (from: string, to: string): boolean =>
    [...(arrows.get(from) ?? [])].some((next) => next === to || leadsTo(next, to));
  const lines = rooms.flatMap(({ name }) => {
    const direct = [...(arrows.get(name) ?? [])];
    return direct
      .filter((to) => !direct.some((other) => other !== to && leadsTo(other, to)))
      .map((to) => `  ${name} --> ${to}`);
  });
  return ["flowchart TD", ...lines].join("\n");
}
