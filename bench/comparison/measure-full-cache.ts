import { minorVersion } from "../../test/engine/julia/julia-image.ts";
import { withBuilds } from "./builds.ts";
import { addedBesideOthers } from "./cases.ts";
import type { Contender } from "./contenders.ts";
import { isRight } from "./figures.ts";
import type { Samples } from "./measure-rebuilds.ts";
import type { BenchProject } from "./projects.ts";
import type { Stage } from "./stage.ts";

/** Adds a dependency where the cache holds packages of other projects. */
export async function measureFullCache(
  stage: Stage,
  contender: Contender,
  project: BenchProject,
): Promise<Samples> {
  return withBuilds(stage, contender, project, async ({ build, id }) => {
    const before = await build(project.cold);
    await fillCache(stage, id, before.tag);
    const { seconds, tag } = await build(project.dependencyAdded);
    const right = await isRight(stage.engine, tag, project);
    return new Map([[addedBesideOthers, { seconds, images: 1, rightImages: right ? 1 : 0 }]]);
  });
}

/**
 * Puts packages of others into a cache mount: copies, under names of their own, of the source and the compiled files of the
 * project's package whose compiled file is of the middle size. They are not compiled: nothing reads what is in them, only how
 * many and how large they are.
 */
async function fillCache(
  { engine, surroundings, settings }: Stage,
  id: string,
  image: string,
): Promise<void> {
  const compiled = `compiled/v${minorVersion(surroundings.julia.version)}`;
  const script = `set -e; for d in /opt/julia/depot /root/.julia; do test -d $d/${compiled} && depot=$d; done
file=$(for f in $(ls -S $depot/${compiled}/*/*.ji); do test -d $depot/packages/$(basename $(dirname $f)) && echo $f; done | awk '{ all[NR] = $0 } END { print all[int((NR + 1) / 2)] }')
package=$(basename $(dirname $file)); source=$(ls -d $depot/packages/$package/* | head -n 1)
i=0; while [ $i -lt ${settings.others} ]; do n=Other$i; i=$((i + 1))
mkdir -p packages/$n ${compiled}/$n; cp -r $source packages/$n/abcde; for f in \${file%.ji}*; do cp $f ${compiled}/$n/; done
done
test "$(ls -d packages/Other* | wc -l)" -eq ${settings.others}`;
  const dockerfile = `FROM ${image}
USER 0
WORKDIR /cache
RUN --mount=type=cache,id=${id},target=/cache,sharing=locked echo ${Buffer.from(script).toString("base64")} | base64 -d | sh
`;
  const args = ["buildx", "build", "--network=none", "--output=type=cacheonly", "-"];
  await engine.docker(args, { input: dockerfile });
}
