import access from "./access.jl?raw";
import application from "./application.jl?raw";
import artifacts from "./artifacts.jl?raw";
import build from "./build.jl?raw";
import collect from "./collect.jl?raw";
import dependencies from "./dependencies.jl?raw";
import download from "./download.jl?raw";
import download15 from "./download_1_5.jl?raw";
import environment from "./environment.jl?raw";
import failures from "./failures.jl?raw";
import files from "./files.jl?raw";
import hostKeys15 from "./host_keys_1_5.jl?raw";
import housekeeping from "./housekeeping.jl?raw";
import install from "./install.jl?raw";
import interpreted from "./interpreted.jl?raw";
import licences from "./licences.jl?raw";
import load from "./load.jl?raw";
import loaded from "./loaded.jl?raw";
import output from "./output.jl?raw";
import precompile from "./precompile.jl?raw";
import record from "./record.jl?raw";
import registries from "./registries.jl?raw";
import resolve from "./resolve.jl?raw";
import say from "./say.jl?raw";
import stale from "./stale.jl?raw";
import tests from "./tests.jl?raw";
import trust from "./trust.jl?raw";

/** The Julia programs of each step, by file name. A step gets only its own, so that a change to one re-runs no other. */
export const dependencyPrograms: Readonly<Record<string, string>> = {
  "access.jl": access,
  "download.jl": download,
  "download_1_5.jl": download15,
  "host_keys_1_5.jl": hostKeys15,
  "registries.jl": registries,
  "artifacts.jl": artifacts,
  "build.jl": build,
  "collect.jl": collect,
  "dependencies.jl": dependencies,
  "environment.jl": environment,
  "failures.jl": failures,
  "files.jl": files,
  "housekeeping.jl": housekeeping,
  "install.jl": install,
  "interpreted.jl": interpreted,
  "licences.jl": licences,
  "load.jl": load,
  "loaded.jl": loaded,
  "output.jl": output,
  "precompile.jl": precompile,
  "record.jl": record,
  "resolve.jl": resolve,
  "say.jl": say,
  "stale.jl": stale,
  "trust.jl": trust,
};

export const applicationPrograms: Readonly<Record<string, string>> = {
  "application.jl": application,
  "environment.jl": environment,
  "failures.jl": failures,
  "files.jl": files,
  "interpreted.jl": interpreted,
  "load.jl": load,
  "precompile.jl": precompile,
  "say.jl": say,
  "stale.jl": stale,
};

export const testPrograms: Readonly<Record<string, string>> = {
  "access.jl": access,
  "artifacts.jl": artifacts,
  "download.jl": download,
  "download_1_5.jl": download15,
  "environment.jl": environment,
  "failures.jl": failures,
  "files.jl": files,
  "host_keys_1_5.jl": hostKeys15,
  "install.jl": install,
  "interpreted.jl": interpreted,
  "registries.jl": registries,
  "resolve.jl": resolve,
  "say.jl": say,
  "tests.jl": tests,
  "trust.jl": trust,
};
