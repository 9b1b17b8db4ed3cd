import type { Surroundings } from "./frontend-spec.ts";

/**
 * As many vertices as the frontend makes for a small project (docs/graph-of-a-build.md): a base image, the build context,
 * two commands and eleven copies. There is no syntax line, so the engine's built-in frontend reads it.
 */
export function sameSizeDockerfile({ julia, id }: Pick<Surroundings, "julia" | "id">): string {
  const fromDepot = ["artifacts", "packages", "compiled"].map(
    (name) => `COPY --from=depot /depot/${name} /opt/julia/depot/${name}\n`,
  );
  return `FROM ${julia.image} AS depot
ENV BENCH_ID=${id}
COPY Project.toml /depot/
COPY Manifest.toml /depot/
COPY src /depot/src
RUN mkdir /depot/artifacts /depot/packages /depot/compiled
FROM ${julia.image} AS sources
${fromDepot.join("")}COPY . /app
FROM sources AS compiled
COPY Project.toml /programs/
COPY Manifest.toml /programs/
COPY main.jl /programs/
RUN mkdir /compiled
FROM sources
COPY --from=compiled /compiled /opt/julia/depot/compiled
`;
}
