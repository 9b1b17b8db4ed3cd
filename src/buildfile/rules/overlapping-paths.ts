import { quote } from "../../text/quote.ts";
import { environmentsFolder, frontendFolder, knownHostsFile, temporaryFolder } from "../our-folders.ts";
import type { Spec } from "../spec.ts";
import { coveredSystemFolder, isInside, overlaps } from "./reserved-folders.ts";
import type { SpecFinding, SpecRule } from "./spec-rule.ts";

/** Copying the project must not touch the depot, nor the depot's cache hide the project, nor a secret get into either. */
export const overlappingPaths: SpecRule = {
  name: "overlapping-paths",
  check: ({ spec, isGiven }) => [
    ...projectAndDepot(spec, isGiven("depot.path") ? "depot.path" : "path"),
    ...reserved("path", spec.path, [
      frontendFolder,
      temporaryFolder,
      ...(overlaps(spec.path, spec.depot.path) ? [] : besidesDepot(spec)),
    ]),
    ...reserved("depot.path", spec.depot.path, [frontendFolder, temporaryFolder, environmentsFolder]),
    ...spec.secrets.flatMap((_, index) => secretInTheWay(spec, index)),
    ...volumesInTheWay(spec),
  ],
};

/** The depots beside the depot: that which programs in the image write to, and that of the tests. */
function besidesDepot({ depot }: Spec): readonly string[] {
  return [`${depot.path}-user`, `${depot.path}-test`];
}

function projectAndDepot({ path, depot }: Spec, at: string): readonly SpecFinding[] {
  if (!overlaps(path, depot.path)) {
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

function reserved(at: string, path: string, ours: readonly string[]): readonly SpecFinding[] {
  const folder = ours.find((taken) => overlaps(taken, path)) ?? coveredSystemFolder(path);
  return folder === undefined
    ? []
    : [
        {
          severity: "error",
          message: `${quote(at)} (${path}) overlaps with ${folder}`,
          suggestion: "give it a folder of its own, for example below /opt or /srv",
          at,
        },
      ];
}

/** A mount in the depot leaves a file in the cache; two mounts at one place are none that BuildKit can make. */
function secretInTheWay(spec: Spec, index: number): readonly SpecFinding[] {
  const { secrets, depot, ssh } = spec;
  const { id = "", target } = secrets[index] ?? {};
  if (target === undefined) {
    return [];
  }
  const at = `secrets.${id}.target`;
  const ours = [
    depot.path,
    ...besidesDepot(spec),
    frontendFolder,
    environmentsFolder,
    ...((ssh?.knownHosts ?? []).length === 0 ? [] : [knownHostsFile]),
  ];
  const folder = ours.find((taken) => overlaps(taken, target)) ?? coveredSystemFolder(target);
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
function volumesInTheWay({ image, depot, path }: Spec): readonly SpecFinding[] {
  return image.volumes.flatMap((volume): readonly SpecFinding[] => {
    const hidden = overlaps(depot.path, volume)
      ? `the depot (${depot.path})`
      : isInside(path, volume)
        ? `the project (${path})`
        : coveredSystemFolder(volume);
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
