import { applyCheck } from "../text/check-settings.ts";
import { type Diagnostic, hasErrors, limitDiagnostics } from "../text/diagnostic.ts";
import type { RuleName } from "../text/rules.ts";
import { firstLine, type SourceFile } from "../text/source-file.ts";
import { parseDocument } from "../text/toml/document.ts";
import { buildSpec } from "./build-spec.ts";
import { readCheckDirective } from "./check-directive.ts";
import { readArgs } from "./read-args.ts";
import { readValues } from "./read-values.ts";
import type { SpecContext, SpecFinding } from "./rules/spec-rule.ts";
import { specRules } from "./rules/spec-rules.ts";
import type { Spec } from "./spec.ts";
import { checkSpecVersion } from "./spec-version.ts";

/** In UTF-16 code units. A spec is a page; this bound keeps a hostile one from taking longer than half a second. */
const largestSpec = 128 * 1024;

export interface SpecReading {
  /** Absent if there is an error among the diagnostics. */
  readonly spec?: Spec;
  /**
   * What can be said of the spec although there are errors, with defaults for what is wrong: to check the project too, never
   * to build. Absent if it is not known where the project is.
   */
  readonly draft?: Spec;
  /** All that was found, in file order. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads and checks a spec. Never throws, whatever the text.
 *
 * @param buildArgs values given with `--build-arg`, by name
 * @param check stands for the spec's own `# check=`
 */
export function readSpec(
  file: SourceFile,
  buildArgs: ReadonlyMap<string, string> = new Map(),
  check?: string,
): SpecReading {
  try {
    return readChecked(file, buildArgs, check);
  } catch (cause) {
    const message = `the spec cannot be read because of a mistake in this frontend: ${cause}`;
    return {
      diagnostics: [{ rule: "internal-error", severity: "error", message, file, span: firstLine(file.text) }],
    };
  }
}

function readChecked(
  file: SourceFile,
  buildArgs: ReadonlyMap<string, string>,
  override: string | undefined,
): SpecReading {
  if (file.text.length > largestSpec) {
    const message = `the spec is larger than ${largestSpec / 1024} KiB`;
    return { diagnostics: [{ rule: "spec-too-large", severity: "error", message, file }] };
  }
  const { settings: check, diagnostics: head } = readCheckDirective(file, override);
  const tooNew = checkSpecVersion(file);
  const { value: document, diagnostics: syntax } = parseDocument(file);
  if (document === undefined) {
    return { diagnostics: applyCheck([...head, ...tooNew, ...syntax], check) };
  }
  const args = readArgs(document, buildArgs);
  const values = readValues(file, document, args);
  const spec = buildSpec(file, values, args, check);
  const context: SpecContext = {
    spec,
    isGiven: (path) => values.scalars.has(path),
    buildArgs,
    usedArgs: values.usedArgs,
  };
  const found = [...head, ...tooNew, ...values.diagnostics, ...checkSpec(context)];
  const diagnostics = limitDiagnostics(applyCheck(found, check));
  if (!hasErrors(diagnostics)) {
    return { spec, diagnostics };
  }
  const isProjectKnown = values.scalars.has("project") || !values.spans.has("project");
  return { ...(isProjectKnown ? { draft: spec } : {}), diagnostics };
}

function checkSpec(context: SpecContext): readonly Diagnostic[] {
  return specRules.flatMap((rule) =>
    rule.check(context).map((finding) => place(rule.name, finding, context.spec)),
  );
}

function place(rule: RuleName, { at, ...finding }: SpecFinding, { file, spans }: Spec): Diagnostic {
  const span = at === null ? undefined : (spans.get(at) ?? firstLine(file.text));
  return { rule, ...finding, file, ...(span === undefined ? {} : { span }) };
}
