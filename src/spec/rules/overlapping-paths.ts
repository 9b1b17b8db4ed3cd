import { quote } from "../../diagnostics/quote.ts";
import type { Spec } from "../spec.ts";
import type { Finding, SpecRule } from "./rule.ts";

/** Where the steps' own programs and outputs are. */
const frontendFolder = "/run/frontend";

/** Copying the project must not touch the depot, nor the depot's cache hide the project, nor a secret get into either. */
export const overlappingPaths: SpecRule = {
  name: "overlapping-paths",
  check: ({ spec, isGiven }) => [
    ...projectAndDepot(spec, isGiven("depot.path") ? "depot.path" : "path"),
    ...spec.secrets.flatMap((_, index) => secretInTheWay(spec, index)),
    ...volumesInTheWay(spec),
  ],
};

function projectAndDepot({ path, depot }: Spec, at: string): readonly Finding[] {
  if (!isInside(path, depot.path) && !isInside(depot.path, path)) {
    return [];
  }
  return [
    {
      severity: "error",
      message: `${quote("path")} (${path}) and ${quote("depot.path")} (${depot.path}) overlap`,
      suggestion: "give each a folder of its own, neither inside the other",
      at,
    },
  ];
}

/** A mount in the depot leaves a file in the cache; two mounts at one place are none that BuildKit can make. */
function secretInTheWay({ secrets, depot }: Spec, index: number): readonly Finding[] {
  const { id = "", target } = secrets[index] ?? {};
  if (target === undefined) {
    return [];
  }
  const at = `secrets.${id}.target`;
  const folder = [depot.path, frontendFolder].find(
    (taken) => isInside(target, taken) || isInside(taken, target),
  );
  const other = secrets.slice(0, index).find((earlier) => overlaps(earlier.target, target));
  const what = folder ?? (other === undefined ? undefined : `the secret ${quote(other.id)}`);
  return what === undefined
    ? []
    : [
        {
          severity: "error",
          message: `${quote(at)} (${target}) overlaps with ${what}`,
          suggestion: "give the secret a file of its own, elsewhere",
          at,
        },
      ];
}

/** A volume that is used again keeps what it had: with a new image, the old image's packages or program. */
function volumesInTheWay({ image, depot, path }: Spec): readonly Finding[] {
  return image.volumes.flatMap((volume): readonly Finding[] => {
    const hidden = overlaps(depot.path, volume)
      ? `the depot (${depot.path})`
      : isInside(path, volume)
        ? `the project (${path})`
        : undefined;
    return hidden === undefined
      ? []
      : [
          {
            severity: "error",
            message: `the volume ${volume} would keep ${hidden} of an older image`,
            suggestion: "give the data a folder of its own",
            at: "image.volumes",
          },
        ];
  });
}

function overlaps(left: string | undefined, right: string): boolean {
  return left !== undefined && (isInside(left, right) || isInside(right, left));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
