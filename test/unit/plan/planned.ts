import { readSpec } from "../../../src/buildfile/read-spec.ts";
import type { PlanInputs } from "../../../src/plan/decisions.ts";
import type { ImageConfig } from "../../../src/plan/image-config.ts";
import { makePlan } from "../../../src/plan/make-plan.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { readLoadedProject } from "../../../src/project/read-loaded-project.ts";
import { nothingGiven } from "../../../src/project/read-project.ts";
import { defaultTarget } from "../../../src/request/targets.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const platform = { os: "linux", architecture: "amd64" };

/** Of an image with two layers. */
export const baseConfig: ImageConfig = {
  ...platform,
  rootfs: { type: "layers", diff_ids: ["sha256:1", "sha256:2"] },
};

/** A small base, for the plan of an image that is made of it. */
export const smallBase = {
  digest: `sha256:${"b".repeat(64)}`,
  config: {
    ...platform,
    config: { Env: ["PATH=/usr/bin:/small", "SSL_CERT_FILE=/certs.pem"], Labels: { of: "small" } },
  },
};

/** What makes a plan another one than that of `planned()`. */
export interface Variation extends Partial<PlanInputs> {
  /** Lines of the spec below `julia`. */
  readonly text?: string;
  /** SHA-1 of the tree of the one package; `null` for a project without a manifest. */
  readonly treeHash?: string | null;
  /** Text of the Project.toml. */
  readonly projectText?: string;
  /** Tables of the manifest besides that of the dependency. */
  readonly manifestText?: string;
}

const packageWithDependency = `name = "App"\nuuid = "${uuid.replace("7", "8")}"\n[deps]\nExample = "${uuid}"\n`;

/** The plan for a project with one dependency. */
export function planned({
  text = "",
  treeHash = "0".repeat(40),
  projectText = packageWithDependency,
  manifestText = "",
  ...variation
}: Variation = {}): Plan {
  const { spec } = readSpec({ name: "julia.toml", text: `julia = "1.11"\n${text}` });
  const manifest = `manifest_format = "2.0"\n[[deps.Example]]\ngit-tree-sha1 = "${treeHash}"\nuuid = "${uuid}"\n${manifestText}`;
  const { value: project } = readLoadedProject(
    {
      folder: ".",
      projectFile: { name: "Project.toml", text: projectText },
      manifest: treeHash === null ? undefined : { name: "Manifest.toml", text: manifest },
      localPreferences: undefined,
      workspace: undefined,
      above: [],
    },
    { julia: undefined, given: nothingGiven, looks: new Map() },
  );
  if (spec === undefined || project === undefined) throw new Error("spec and project are right");
  return makePlan({
    target: defaultTarget,
    platform,
    spec,
    project,
    base: { digest: `sha256:${"a".repeat(64)}`, config: baseConfig },
    labels: new Map(),
    excludes: [],
    cacheNamespace: undefined,
    runAgain: new Set(),
    runId: "session",
    ...variation,
  });
}
