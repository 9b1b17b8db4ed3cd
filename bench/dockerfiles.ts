import type { JuliaImage } from "../test/engine/julia/julia-image.ts";
import { projectName } from "./generated-project.ts";

export interface DockerfileOptions {
  readonly julia: JuliaImage;
  readonly server: string;
  /** Distinct for builds that must share neither layers nor cache. */
  readonly id: string;
}

function head({ julia, server, id }: DockerfileOptions): string {
  return `FROM ${julia.image}
ENV BENCH_ID=${id} JULIA_PKG_SERVER=${server} JULIA_PKG_PRECOMPILE_AUTO=0 JULIA_PROJECT=/app
WORKDIR /app
`;
}

const application = `COPY . .
RUN julia -e 'import ${projectName}'
`;

/** What a careful person writes first: dependencies in a layer of their own, then the project. */
export function plainDockerfile(options: DockerfileOptions): string {
  return `${head(options)}COPY Project.toml Manifest.toml ./
RUN julia -e 'using Pkg; Pkg.instantiate(); Pkg.precompile()'
${application}`;
}

/**
 * The Dockerfile of Julia's forum: a depot that all builds share as a cache mount behind a link, copied into the image as a
 * whole and cleaned there. Julia 1.5's Pkg.precompile takes no argument `strict`.
 */
export function sharedCacheDockerfile(options: DockerfileOptions): string {
  const mount = `--mount=type=cache,id=${options.id},target=/mnt/julia-cache`;
  return `${head(options)}RUN ln -s /mnt/julia-cache /root/.julia
RUN ${mount},sharing=locked julia -e 'using Pkg; Pkg.Registry.add("General")'
COPY Project.toml Manifest.toml ./
RUN ${mount},sharing=locked julia -e 'using Pkg; Pkg.instantiate(); Pkg.precompile()'
RUN ${mount} rm /root/.julia && mkdir /root/.julia && cp -rp /mnt/julia-cache/* /root/.julia/ \\
 && julia -e 'using Pkg, Dates; Pkg.gc(collect_delay = Day(0))'
${application}`;
}

/**
 * As many vertices as the frontend makes for a small project (docs/graph-of-a-build.md): a base image, the build context,
 * two commands and eleven copies. There is no syntax line, so the engine's built-in frontend reads it.
 */
export function sameSizeDockerfile({ julia, id }: DockerfileOptions): string {
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
