import type { Spec } from "../buildfile/spec.ts";
import type { GatewayClient } from "../buildkit/gateway/index.ts";
import { spanOf } from "../plan/decisions.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { quote } from "../text/quote.ts";
import { firstLine } from "../text/source-file.ts";
import type { PreparedBuild } from "./prepare.ts";
import { diagnosticsError } from "./report.ts";

const aptProgram = "/usr/bin/apt-get";

/**
 * Rejects if the spec names Debian packages and the small base has no apt to install them. The step would fail for lack of a shell,
 * and not say why. Only a build asks, since it needs the files of the base in any case.
 */
export async function refuseWithoutApt(
  client: GatewayClient,
  spec: Spec,
  { plan, smallBase }: PreparedBuild,
): Promise<void> {
  if (smallBase === undefined || plan.small === undefined || plan.packages.image.names.length === 0) {
    return;
  }
  const files = await client.solve({ definition: smallBase });
  if ((await client.readFileStart(files, aptProgram, 1)) === undefined) {
    throw diagnosticsError([finding(spec, plan.small.base.reference)]);
  }
}

function finding(spec: Spec, reference: string): Diagnostic {
  return {
    rule: "base-without-apt",
    severity: "error",
    message: `${quote(reference)} has no ${quote("apt-get")}, which installs the packages under ${quote("apt")}`,
    suggestion: "name a Debian as `base` under [image], or leave `apt` out",
    file: spec.file,
    span: spanOf(spec, "packages.apt") ?? firstLine(spec.file.text),
  };
}
