import type { Spec } from "../buildfile/spec.ts";
import type { GatewayClient } from "../buildkit/gateway/index.ts";
import { spanOf } from "../plan/decisions.ts";
import type { Plan } from "../plan/plan.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { quote } from "../text/quote.ts";
import { firstLine } from "../text/source-file.ts";
import type { PreparedBuild } from "./prepare.ts";
import { diagnosticsError } from "./report.ts";

const aptProgram = "/usr/bin/apt-get";

/**
 * Rejects if a small base, or the base of an image to work in, is to have Debian packages and has no apt to install them. The step
 * would fail for lack of a shell, and not say why. Only a build asks, since it needs the files of the base in any case.
 */
export async function refuseWithoutApt(
  client: GatewayClient,
  spec: Spec,
  { plan, uncertainBase }: PreparedBuild,
): Promise<void> {
  const { small, packages } = plan;
  const wanted = small === undefined ? packages.dev : packages.image;
  if (uncertainBase === undefined || wanted.names.length === 0) {
    return;
  }
  const files = await client.solve({ definition: uncertainBase });
  if ((await client.readFileStart(files, aptProgram, 1)) === undefined) {
    throw diagnosticsError([
      small === undefined ? findingForDevelopment(spec, plan) : findingOfSmall(spec, small),
    ]);
  }
}

function findingOfSmall(spec: Spec, { base }: NonNullable<Plan["small"]>): Diagnostic {
  return {
    rule: "base-without-apt",
    severity: "error",
    message: `${quote(base.reference)} has no ${quote("apt-get")}, which installs the packages under ${quote("apt")}`,
    suggestion: "name a Debian as `base` under [image], or leave `apt` out",
    file: spec.file,
    span: spanOf(spec, "packages.apt") ?? firstLine(spec.file.text),
  };
}

function findingForDevelopment(spec: Spec, { base, packages, target }: Plan): Diagnostic {
  const names = packages.dev.names.join(" and ");
  return {
    rule: "base-without-apt",
    severity: "error",
    message: `${quote(base.reference)} has no ${quote("apt-get")}, which installs ${names} for the target ${target.name}`,
    suggestion: "name a Debian with Julia as `base`, or build the target deps, which needs no package",
    file: spec.file,
    span: spanOf(spec, "base", "julia") ?? firstLine(spec.file.text),
  };
}
