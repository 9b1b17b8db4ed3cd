import { randomBytes } from "node:crypto";
import type { Engine } from "../test/engine/engine-client.ts";
import type { JuliaImage } from "../test/engine/julia/julia-image.ts";
import { median } from "./measure.ts";

/** A depot of 400 MB in artifacts and 6,000 files of sources. */
const depot = `mkdir -p /depot/packages /depot/artifacts && cd /depot \
 && for p in $(seq 1 300); do mkdir -p packages/P$p/slug/src; for f in $(seq 1 20); do \
head -c 4000 /dev/urandom > packages/P$p/slug/src/f$f.jl; done; done \
 && for a in 1 2 3 4; do mkdir artifacts/a$a; head -c 100000000 /dev/urandom > artifacts/a$a/lib.so; done`;

/** What a step does at least: it looks at every file, and copies the sources out. */
const use = "find /depot -type f | wc -l && mkdir /out && cp -a /depot/packages /out/";

const ways: readonly (readonly [name: string, step: (id: string) => string])[] = [
  [
    "the cache mount begins with it",
    (id) =>
      `RUN --mount=type=cache,id=${id},from=seed,source=/depot,target=/depot,sharing=locked echo ${id} && ${use}`,
  ],
  [
    "it is mounted, and copied into the cache mount",
    (id) =>
      `RUN --mount=type=cache,id=${id},target=/depot,sharing=locked --mount=type=bind,from=seed,source=/depot,target=/seed echo ${id} && cp -a /seed/. /depot/ && ${use}`,
  ],
];

/** Times the ways in which a step can start from the depot of an image that is there already. */
export async function seedWays(engine: Engine, { image }: JuliaImage, repetitions: number): Promise<void> {
  const times = ways.map((): number[] => []);
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    for (const [index, [, step]] of ways.entries()) {
      const id = `bench-${randomBytes(4).toString("hex")}`;
      const dockerfile = `FROM ${image} AS seed\nRUN ${depot}\nFROM ${image}\n${step(id)}\n`;
      const start = performance.now();
      const args = ["--network=none", "--output=type=cacheonly", "-"];
      await engine.docker(["buildx", "build", ...args], { input: dockerfile });
      // The first makes the depot.
      if (repetition > 0) times[index]?.push((performance.now() - start) / 1000);
    }
  }
  console.log("a step that starts from an image with a depot of 400 MB in 6,000 files:");
  for (const [index, [name]] of ways.entries()) {
    console.log(`  ${name}: ${median(times[index] ?? []).toFixed(1)} s`);
  }
}
