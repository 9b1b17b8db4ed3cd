import type { RuleSummary } from "../../src/text/rules.ts";

/** docs/rules/README.md: every rule, from the table of rules. */
export function rulesPage(rules: ReadonlyMap<string, RuleSummary>): string {
  const rows = [...rules].map(
    ([name, { severity, summary }]) => `| [${name}](${name}.md) | ${severity} | ${summary} |`,
  );
  return `${[
    "<!-- Written by `npm run generate` from src/text/rules.ts. -->",
    "# Rules",
    "Each message of the frontend ends with the name of the rule that it comes from. `docker buildx build --call check .` runs all of them without building anything.",
    "Comments above the first key of a spec say how strict a check is:",
    "```toml\n# syntax=registry.example.com/julia:1\n# check=skip=user-is-root,unused-arg;error=true\n```",
    "`skip` leaves out the warnings of the rules that it names, or with `skip=all` every warning. With `error=true` the warnings that are left fail the build. Errors cannot be skipped. `--build-arg BUILDKIT_DOCKERFILE_CHECK=skip=all` stands for such a comment in one build, as for Dockerfiles.",
    ["| Rule | Finds | What |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n")}\n`;
}
