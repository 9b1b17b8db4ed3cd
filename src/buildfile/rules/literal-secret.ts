import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

const secretName =
  /(?:^|_)(?:passwd|password|passphrase|secret|token|credentials?|api_?key|private_?key|access_?key)(?:$|_)/i;

/** Such a variable says where the secret is, which is the right way. */
const placeName = /_(?:file|path|dir|url)$/i;

/** Values of [env] and [args] are in the image's configuration and history, for all who can pull it. */
export const literalSecret: SpecRule = {
  name: "literal-secret",
  check: ({ spec }) =>
    (["args", "env"] as const).flatMap((section) =>
      [...spec[section]]
        .filter(([name, value]) => secretName.test(name) && !placeName.test(name) && value !== "")
        .map(([name]) => ({
          severity: "warning",
          message: `${quote(name)} looks like a secret, and everyone who has the image can read [${section}]`,
          suggestion: "give it to the container when it runs",
          at: `${section}.${name}`,
        })),
    ),
};
