interface Need {
  /** What a person wrote that needs it. */
  readonly purpose: string;
  /** The first BuildKit that has it (solver/pb/caps.go). */
  readonly buildkit: string;
  /** The first Docker with such a BuildKit (vendor.mod of moby). */
  readonly docker?: string;
}

/** The capabilities that a spec or an option may ask for and that an engine still in use lacks. */
const needs: Readonly<Record<string, Need>> = {
  "exec.meta.cgroup.parent": { purpose: "--cgroup-parent", buildkit: "0.10", docker: "23.0" },
  "exec.meta.linux.resources": { purpose: "limits of memory and processors", buildkit: "0.31" },
  "exec.meta.ulimit": { purpose: "--ulimit", buildkit: "0.10", docker: "23.0" },
  "exec.mount.tmpfs.size": { purpose: "--shm-size", buildkit: "0.10", docker: "23.0" },
  "exec.secretenv": { purpose: "env under [secrets]", buildkit: "0.10", docker: "23.0" },
  "file.copy.includeexcludepatterns": {
    purpose: "leaving files out of a context that it does not get from the client",
    buildkit: "0.9",
    docker: "23.0",
  },
  "source.ocilayout": {
    purpose: "--build-context with oci-layout://",
    buildkit: "0.11",
    docker: "24.0 with the containerd image store",
  },
};

/** Says that a daemon lacks a capability, what it is for, and what to do. */
export function missingCapability(id: string): string {
  const need = needs[id];
  if (need === undefined) return `this BuildKit does not support ${id}; please update Docker or BuildKit`;
  const docker = need.docker === undefined ? "" : `Docker ${need.docker}, or `;
  return `this BuildKit does not support ${need.purpose} (${id}): that needs ${docker}BuildKit ${need.buildkit}`;
}
