/**
 * A program without the comments and docstrings that begin a line, which a build has no reader for: Julia evaluates docstrings,
 * some 20 ms for those of a step, and they are a third of what BuildKit handles. Every line keeps its number.
 */
export function withoutDocumentation(program: string): string {
  return program
    .replace(/^"""\n.*?^"""$/gms, (docstring) => docstring.replace(/[^\n]/g, ""))
    .replace(/^(?:#.*|".*")$/gm, "");
}
