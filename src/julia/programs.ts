import access from "./access.jl?raw";
import application from "./application.jl?raw";
import artifacts from "./artifacts.jl?raw";
import build from "./build.jl?raw";
import collect from "./collect.jl?raw";
import compile from "./compile.jl?raw";
import compile15 from "./compile_1_5.jl?raw";
import compileReport from "./compile_report.jl?raw";
import compiledFiles from "./compiled_files.jl?raw";
import dependencies from "./dependencies.jl?raw";
import download from "./download.jl?raw";
import download15 from "./download_1_5.jl?raw";
import failures from "./failures.jl?raw";
import files from "./files.jl?raw";
import hostKeys15 from "./host_keys_1_5.jl?raw";
import housekeeping from "./housekeeping.jl?raw";
import install from "./install.jl?raw";
import interpreted from "./interpreted.jl?raw";
import lazy from "./lazy.jl?raw";
import licences from "./licences.jl?raw";
import load from "./load.jl?raw";
import madeFolders from "./made_folders.jl?raw";
import manifest from "./manifest.jl?raw";
import output from "./output.jl?raw";
import pkg from "./pkg.jl?raw";
import precompile from "./precompile.jl?raw";
import privileges from "./privileges.jl?raw";
import projectUnits from "./project_units.jl?raw";
import record from "./record.jl?raw";
import registries from "./registries.jl?raw";
import resolve from "./resolve.jl?raw";
import say from "./say.jl?raw";
import scratch from "./scratch.jl?raw";
import settings from "./settings.jl?raw";
import stale from "./stale.jl?raw";
import tasks from "./tasks.jl?raw";
import tests from "./tests.jl?raw";
import trust from "./trust.jl?raw";
import units from "./units.jl?raw";
import version from "./version.jl?raw";

/** The Julia programs of each step, by file name. A step gets only its own, so that a change to one re-runs no other. */
export const dependencyPrograms: ReadonlyMap<string, string> = new Map([
  ["access.jl", access],
  ["artifacts.jl", artifacts],
  ["build.jl", build],
  ["collect.jl", collect],
  ["compile.jl", compile],
  ["compile_1_5.jl", compile15],
  ["compile_report.jl", compileReport],
  ["compiled_files.jl", compiledFiles],
  ["dependencies.jl", dependencies],
  ["download.jl", download],
  ["download_1_5.jl", download15],
  ["failures.jl", failures],
  ["files.jl", files],
  ["host_keys_1_5.jl", hostKeys15],
  ["housekeeping.jl", housekeeping],
  ["install.jl", install],
  ["interpreted.jl", interpreted],
  ["lazy.jl", lazy],
  ["licences.jl", licences],
  ["load.jl", load],
  ["made_folders.jl", madeFolders],
  ["manifest.jl", manifest],
  ["output.jl", output],
  ["pkg.jl", pkg],
  ["precompile.jl", precompile],
  ["privileges.jl", privileges],
  ["record.jl", record],
  ["registries.jl", registries],
  ["resolve.jl", resolve],
  ["say.jl", say],
  ["scratch.jl", scratch],
  ["settings.jl", settings],
  ["stale.jl", stale],
  ["tasks.jl", tasks],
  ["trust.jl", trust],
  ["units.jl", units],
  ["version.jl", version],
]);

export const applicationPrograms: ReadonlyMap<string, string> = new Map([
  ["application.jl", application],
  ["compile_1_5.jl", compile15],
  ["failures.jl", failures],
  ["files.jl", files],
  ["interpreted.jl", interpreted],
  ["load.jl", load],
  ["manifest.jl", manifest],
  ["pkg.jl", pkg],
  ["precompile.jl", precompile],
  ["project_units.jl", projectUnits],
  ["say.jl", say],
  ["settings.jl", settings],
  ["stale.jl", stale],
  ["tasks.jl", tasks],
  ["units.jl", units],
]);

export const testPrograms: ReadonlyMap<string, string> = new Map([
  ["access.jl", access],
  ["download.jl", download],
  ["download_1_5.jl", download15],
  ["files.jl", files],
  ["host_keys_1_5.jl", hostKeys15],
  ["install.jl", install],
  ["interpreted.jl", interpreted],
  ["manifest.jl", manifest],
  ["pkg.jl", pkg],
  ["privileges.jl", privileges],
  ["registries.jl", registries],
  ["resolve.jl", resolve],
  ["say.jl", say],
  ["settings.jl", settings],
  ["tasks.jl", tasks],
  ["tests.jl", tests],
  ["trust.jl", trust],
]);
