import type { ProjectFile } from "./project.ts";

/** What an app says of itself. */
export interface AppModule {
  /** The module whose `main` is the app. */
  readonly module: string;
  /** Where Project.toml says so. */
  readonly key: "apps" | "name";
}

/** The forms in which `main` is declared as an entry point, at the beginning of a line. */
const declaredMain = /^[ \t]*(?:(?:function[ \t]+)?\(@main\)[ \t]*\(|@main[ \t]*$)/m;

/**
 * The module that a project is run by, if it looks like an app: it has `[apps]` (Julia 1.12), of which the first one counts, or
 * the file of its module declares an entry point (Julia 1.11). A function that is only named `main` says nothing.
 *
 * @param source the text of that file, as far as it was looked at
 */
export function appModule({ name, apps }: ProjectFile, source: string | undefined): AppModule | undefined {
  if (name === undefined) {
    return undefined;
  }
  const [app] = apps.values();
  if (app !== undefined) {
    const module = app.submodule === undefined ? name : `${name}.${app.submodule}`;
    return { module, key: "apps" };
  }
  return source !== undefined && declaredMain.test(source) ? { module: name, key: "name" } : undefined;
}
