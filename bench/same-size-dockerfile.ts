import type { Surroundings } from "./frontend-spec.ts";

/** Folders of the depot that are layers of their own in the benchmark's project. */
const layers = ["artifacts", "compiled-1", "compiled-2", "compiled-3", "packages", "small"];

/**
 * As many vertices as the frontend makes for the benchmark's project: a base image, the build context, two commands and copies.
 * There is no syntax line, so the engine's built-in frontend reads it.
 */
export function sameSizeDockerfile({ julia, id }: Pick<Surroundings, "julia" | "id">): string {
  const fromDepot = layers.map((name) => `COPY --from=depot /depot/${name} /opt/julia/depot/${name}\n`);
  return `FROM ${julia.image} AS depot
ENV BENCH_ID=${id}
COPY Project.toml /depot/
COPY Manifest.toml /depot/
COPY src /depot/src
RUN mkdir ${layers.map((name) => `/depot/${name}`).join(" ")}
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
