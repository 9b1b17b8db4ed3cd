import type { CheckSettings } from "../text/check-settings.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { didYouMeanText } from "../text/did-you-mean.ts";
import { quote } from "../text/quote.ts";
import { isRuleName, type RuleName, rules } from "../text/rules.ts";
import type { SourceFile, Span } from "../text/source-file.ts";
import { headDirectives } from "./head-comments.ts";

export interface CheckDirective {
  readonly settings: CheckSettings;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads `# check=skip=rule-a,rule-b;error=true` above the first key: the form of Dockerfiles
 * (Dockerfile reference, "check"). `skip=all` skips every warning.
 *
 * @param override what stands for the file's own directives, as `skip=all`
 */
export function readCheckDirective(file: SourceFile, override?: string): CheckDirective {
  const skip = new Set<RuleName>();
  const findings: CheckProblem[] = [];
  let skipsAll = false;
  let error = false;
  for (const { value, ...place } of checkTexts(file, override)) {
    for (const setting of value.split(";")) {
      const [key = "", ...rest] = setting.split("=");
      const argument = rest.join("=").trim();
      if (key.trim() === "skip" && argument.toLowerCase() === "all") {
        skipsAll = true;
      } else if (key.trim() === "skip") {
        findings.push(...addSkipped(argument, skip).map((finding) => ({ ...finding, ...place })));
      } else if (key.trim() === "error" && /^(?:true|false)$/i.test(argument)) {
        error = argument.toLowerCase() === "true";
      } else {
        findings.push({ ...unknownSetting(setting.trim()), ...place });
      }
    }
  }
  const base = { rule: "invalid-check", severity: "warning", file } as const;
  return {
    settings: { skip: skipsAll ? "all" : skip, error },
    diagnostics: findings.map((finding) => ({ ...base, ...finding })),
  };
}

interface CheckProblem {
  readonly message: string;
  readonly suggestion?: string;
  readonly span?: Span;
}

function checkTexts(
  file: SourceFile,
  override: string | undefined,
): readonly { readonly value: string; readonly span?: Span }[] {
  return override === undefined
    ? headDirectives(file)
        .filter(({ name }) => name === "check")
        .map(({ value, span }) => ({ value, span }))
    : [{ value: override }];
}

/** Adds the rules of a comma list, and says which of them cannot be skipped. */
function addSkipped(list: string, skip: Set<RuleName>): readonly CheckProblem[] {
  const names = list.split(",").map((name) => name.trim());
  return names.flatMap((name) => {
    if (!isRuleName(name)) {
      const suggestion = didYouMeanText(name, rules.keys());
      const message = `there is no rule ${quote(name)}`;
      return [suggestion === undefined ? { message } : { message, suggestion }];
    }
    skip.add(name);
    return rules.get(name)?.severity === "error"
      ? [{ message: `${quote(name)} finds errors, which cannot be skipped` }]
      : [];
  });
}

function unknownSetting(setting: string): CheckProblem {
  return {
    message: `${quote(setting)} is no setting of a check`,
    suggestion: "write `# check=skip=rule-a,rule-b` or `# check=error=true`, or both with `;` between",
  };
}
