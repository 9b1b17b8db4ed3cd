import { type Admission, admit } from "./admit.ts";
import { byLine, type Finding, type Needless, needless, type Offer } from "./finding.ts";
import type { MigrationInputs } from "./migration-inputs.ts";
import { translateBase } from "./translate-base.ts";
import { translateFiles } from "./translate-files.ts";
import { translateImageKeys } from "./translate-image-keys.ts";
import { translateProgram } from "./translate-program.ts";
import { translateRuns } from "./translate-run.ts";
import { translateUser } from "./translate-user.ts";
import { buildVariables, imageVariables } from "./translate-variables.ts";

/** Makes a spec of a Dockerfile that was read. What it says was checked as every spec is. */
export function propose(frontend: string, inputs: MigrationInputs): Admission {
  const { used } = inputs;
  const { alternatives, findings } = translateBase(inputs);
  const all: readonly Finding[] = [
    ...findings,
    ...translateProgram(inputs),
    ...buildVariables(used.builders),
    ...imageVariables(used.final),
    ...translateFiles(inputs),
    ...translateRuns(inputs),
    ...translateImageKeys(used.final),
    ...translateUser(used.final),
  ];
  const offers = all.filter((finding) => finding.kind === "offer");
  const notes = all.filter((finding) => finding.kind !== "offer");
  const admission = admit(frontend, { alternatives, offers: lastOfEach(offers), notes });
  const unused = unusedArguments(inputs, admission);
  return { ...admission, needless: byLine([...unused, ...admission.needless]) };
}

/** Arguments of the build that nothing in the spec uses. */
function unusedArguments({ used, dockerfile }: MigrationInputs, { taken }: Admission): readonly Needless[] {
  const isUsed = new Set(taken.flatMap(({ args }) => [...(args?.keys() ?? [])]));
  const instructions = [
    ...dockerfile.before,
    ...[...used.final, ...used.builders].flatMap((stage) => stage.instructions),
  ];
  return instructions
    .filter(({ keyword }) => keyword === "ARG")
    .flatMap(({ properties, line }) =>
      properties
        .filter(({ name }) => !isUsed.has(name))
        .map(({ name }) => needless(line, `ARG ${name}`, "nothing in the spec uses it")),
    );
}

/** A later line of a Dockerfile beats an earlier one. */
function lastOfEach(offers: readonly Offer[]): readonly Offer[] {
  const key = ({ at, value, isItem }: Offer) => JSON.stringify([at, isItem === true ? value : undefined]);
  return [...new Map(offers.map((offer) => [key(offer), offer])).values()];
}
