import { type BindMount, file, scratch } from "../buildkit/llb/index.ts";
import type { ProgramStep } from "../plan/plan.ts";
import { programsFolder } from "../plan/step-folders.ts";

const archiveName = "programs.tar.gz";

/** The programs of a step, which BuildKit unpacks before it first runs the step. */
export function programsMount({ programs }: Pick<ProgramStep, "programs">, name: string): BindMount {
  const archive = {
    type: "mkfile",
    path: `/${archiveName}`,
    mode: 0o644,
    data: Buffer.from(programs.base64, "base64"),
    timestamp: 0n,
  } as const;
  const source = file(
    scratch,
    [{ type: "copy", from: { made: [archive] }, src: `/${archiveName}`, dest: "/", unpack: true }],
    { name },
  );
  return { type: "bind", target: programsFolder, source, readonly: true };
}
