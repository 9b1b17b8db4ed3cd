import type { SourceFile } from "./source-file.ts";

/**
 * A pure function of a file that computes its result once. What a project needs is found in rounds, each of which reads the same
 * files, and a large manifest takes milliseconds.
 */
export function remembered<Value>(compute: (file: SourceFile) => Value): (file: SourceFile) => Value {
  const results = new WeakMap<SourceFile, { readonly value: Value }>();
  return (file) => {
    const result = results.get(file) ?? { value: compute(file) };
    results.set(file, result);
    return result.value;
  };
}
