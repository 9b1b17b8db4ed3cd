# The way that a workload is compared with: everything in a system image of the project's own, made by PackageCompiler.
ARG JULIA
FROM ${JULIA} AS build
USER 0
RUN apt-get update -q && apt-get install -q -y --no-install-recommends gcc libc6-dev
ARG PKG_SERVER
ARG CPU_TARGET
ARG BENCH_ID
ENV JULIA_PKG_SERVER=${PKG_SERVER} JULIA_CPU_TARGET=${CPU_TARGET} JULIA_PKG_PRECOMPILE_AUTO=0 JULIA_DEPOT_PATH=/opt/depot: BENCH_ID=${BENCH_ID}
RUN julia --project=/opt/compiler -e 'using Pkg; Pkg.Registry.add("General"); Pkg.add("PackageCompiler"); Pkg.precompile()'
WORKDIR /app
COPY *.toml ./
COPY src src
RUN julia --project=/app -e 'using Pkg; Pkg.instantiate(); Pkg.precompile()'
COPY . .
RUN julia --project=/opt/compiler -e 'using PackageCompiler; create_sysimage(; project = "/app", sysimage_path = "/opt/sysimage.so", precompile_execution_file = "/app/test/warm.jl", cpu_target = ENV["JULIA_CPU_TARGET"])'
RUN rm -r /opt/depot/compiled /opt/depot/registries

FROM ${JULIA}
COPY --from=build /opt/depot /opt/depot
COPY --from=build /app /app
COPY --from=build /opt/sysimage.so /opt/sysimage.so
ENV JULIA_DEPOT_PATH=/opt/depot: JULIA_PROJECT=/app
WORKDIR /app
USER 1000:1000
ENTRYPOINT ["julia", "--sysimage=/opt/sysimage.so", "/app/main.jl"]
