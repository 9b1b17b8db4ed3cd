import access from "./lib/access.jl?raw";
import artifacts from "./lib/artifacts.jl?raw";
import askAhead from "./lib/ask_ahead.jl?raw";
import build from "./lib/build.jl?raw";
import collect from "./lib/collect.jl?raw";
import collections from "./lib/collections.jl?raw";
import compat15 from "./lib/compat_1_5.jl?raw";
import compilable from "./lib/compilable.jl?raw";
import compileOrder from "./lib/compile_order.jl?raw";
import compilePackage from "./lib/compile_package.jl?raw";
import compileReport from "./lib/compile_report.jl?raw";
import compiledFiles from "./lib/compiled_files.jl?raw";
import compiler from "./lib/compiler.jl?raw";
import curl from "./lib/curl.jl?raw";
import download from "./lib/download.jl?raw";
import elf from "./lib/elf.jl?raw";
import elfDebug from "./lib/elf_debug.jl?raw";
import failures from "./lib/failures.jl?raw";
import files from "./lib/files.jl?raw";
import finished from "./lib/finished.jl?raw";
import garbage from "./lib/garbage.jl?raw";
import hideLazy from "./lib/hide_lazy.jl?raw";
import hold from "./lib/hold.jl?raw";
import housekeeping from "./lib/housekeeping.jl?raw";
import installArtifacts from "./lib/install_artifacts.jl?raw";
import installPackages from "./lib/install_packages.jl?raw";
import interpreted from "./lib/interpreted.jl?raw";
import juliaTree from "./lib/julia_tree.jl?raw";
import lazy from "./lib/lazy.jl?raw";
import licences from "./lib/licences.jl?raw";
import load from "./lib/load.jl?raw";
import loaded from "./lib/loaded.jl?raw";
import madeFolders from "./lib/made_folders.jl?raw";
import manifest from "./lib/manifest.jl?raw";
import orders from "./lib/orders.jl?raw";
import output from "./lib/output.jl?raw";
import pkg from "./lib/pkg.jl?raw";
import precompile from "./lib/precompile.jl?raw";
import privileges from "./lib/privileges.jl?raw";
import projectUnits from "./lib/project_units.jl?raw";
import record from "./lib/record.jl?raw";
import reducedRecord from "./lib/reduced_record.jl?raw";
import registries from "./lib/registries.jl?raw";
import rehearsal from "./lib/rehearsal.jl?raw";
import resolve from "./lib/resolve.jl?raw";
import say from "./lib/say.jl?raw";
import scratch from "./lib/scratch.jl?raw";
import scriptImports from "./lib/script_imports.jl?raw";
import settings from "./lib/settings.jl?raw";
import sharedLibraries from "./lib/shared_libraries.jl?raw";
import smallBase from "./lib/small_base.jl?raw";
import stale from "./lib/stale.jl?raw";
import standardLibraries from "./lib/standard_libraries.jl?raw";
import startup from "./lib/startup.jl?raw";
import tasks from "./lib/tasks.jl?raw";
import temporary from "./lib/temporary.jl?raw";
import treeHash from "./lib/tree_hash.jl?raw";
import trust from "./lib/trust.jl?raw";
import units from "./lib/units.jl?raw";
import version from "./lib/version.jl?raw";
import wanted from "./lib/wanted.jl?raw";
import workload from "./lib/workload.jl?raw";
import applicationStep from "./steps/application.jl?raw";
import compileStep from "./steps/compile.jl?raw";
import dependenciesStep from "./steps/dependencies.jl?raw";
import developmentStep from "./steps/development.jl?raw";
import reduceJuliaStep from "./steps/reduce_julia.jl?raw";
import runWorkloadStep from "./steps/run_workload.jl?raw";
import testsStep from "./steps/tests.jl?raw";

/** Every Julia program by its path: those in steps/ are started, those in lib/ are included. */
const texts: Readonly<Record<string, string>> = {
  "lib/access.jl": access,
  "lib/artifacts.jl": artifacts,
  "lib/ask_ahead.jl": askAhead,
  "lib/build.jl": build,
  "lib/collect.jl": collect,
  "lib/collections.jl": collections,
  "lib/compat_1_5.jl": compat15,
  "lib/compilable.jl": compilable,
  "lib/compile_order.jl": compileOrder,
  "lib/compile_package.jl": compilePackage,
  "lib/compile_report.jl": compileReport,
  "lib/compiled_files.jl": compiledFiles,
  "lib/compiler.jl": compiler,
  "lib/curl.jl": curl,
  "lib/download.jl": download,
  "lib/elf.jl": elf,
  "lib/elf_debug.jl": elfDebug,
  "lib/failures.jl": failures,
  "lib/files.jl": files,
  "lib/finished.jl": finished,
  "lib/garbage.jl": garbage,
  "lib/hide_lazy.jl": hideLazy,
  "lib/hold.jl": hold,
  "lib/housekeeping.jl": housekeeping,
  "lib/install_artifacts.jl": installArtifacts,
  "lib/install_packages.jl": installPackages,
  "lib/interpreted.jl": interpreted,
  "lib/julia_tree.jl": juliaTree,
  "lib/lazy.jl": lazy,
  "lib/licences.jl": licences,
  "lib/load.jl": load,
  "lib/loaded.jl": loaded,
  "lib/made_folders.jl": madeFolders,
  "lib/manifest.jl": manifest,
  "lib/orders.jl": orders,
  "lib/output.jl": output,
  "lib/pkg.jl": pkg,
  "lib/precompile.jl": precompile,
  "lib/privileges.jl": privileges,
  "lib/project_units.jl": projectUnits,
  "lib/record.jl": record,
  "lib/reduced_record.jl": reducedRecord,
  "lib/registries.jl": registries,
  "lib/rehearsal.jl": rehearsal,
  "lib/resolve.jl": resolve,
  "lib/say.jl": say,
  "lib/scratch.jl": scratch,
  "lib/script_imports.jl": scriptImports,
  "lib/settings.jl": settings,
  "lib/shared_libraries.jl": sharedLibraries,
  "lib/small_base.jl": smallBase,
  "lib/stale.jl": stale,
  "lib/standard_libraries.jl": standardLibraries,
  "lib/startup.jl": startup,
  "lib/tasks.jl": tasks,
  "lib/temporary.jl": temporary,
  "lib/tree_hash.jl": treeHash,
  "lib/trust.jl": trust,
  "lib/units.jl": units,
  "lib/version.jl": version,
  "lib/wanted.jl": wanted,
  "lib/workload.jl": workload,
  "steps/application.jl": applicationStep,
  "steps/compile.jl": compileStep,
  "steps/dependencies.jl": dependenciesStep,
  "steps/reduce_julia.jl": reduceJuliaStep,
  "steps/run_workload.jl": runWorkloadStep,
  "steps/tests.jl": testsStep,
  "steps/development.jl": developmentStep,
};

/**
 * The programs of a step. It gets only what it needs, so that a change to another program does not run it again; a test follows
 * the includes and compares.
 */
function programs(started: readonly string[], included: readonly string[]): ReadonlyMap<string, string> {
  const paths = [...included.map((name) => `lib/${name}.jl`), ...started.map((name) => `steps/${name}.jl`)];
  return new Map(paths.map((path) => [path, texts[path] ?? ""]));
}

export const dependencyPrograms = programs(
  ["dependencies", "compile"],
  [
    "access",
    "artifacts",
    "ask_ahead",
    "build",
    "collect",
    "collections",
    "compat_1_5",
    "compilable",
    "compile_order",
    "compile_package",
    "compile_report",
    "compiled_files",
    "compiler",
    "curl",
    "download",
    "failures",
    "files",
    "finished",
    "garbage",
    "hide_lazy",
    "hold",
    "housekeeping",
    "install_artifacts",
    "install_packages",
    "interpreted",
    "lazy",
    "licences",
    "load",
    "loaded",
    "made_folders",
    "manifest",
    "orders",
    "output",
    "pkg",
    "precompile",
    "privileges",
    "record",
    "registries",
    "rehearsal",
    "resolve",
    "say",
    "scratch",
    "settings",
    "stale",
    "tasks",
    "temporary",
    "tree_hash",
    "trust",
    "units",
    "version",
    "wanted",
  ],
);

export const applicationPrograms = programs(
  ["application", "run_workload"],
  [
    "collections",
    "compat_1_5",
    "compilable",
    "compile_order",
    "compile_package",
    "failures",
    "files",
    "interpreted",
    "load",
    "manifest",
    "pkg",
    "precompile",
    "project_units",
    "say",
    "script_imports",
    "settings",
    "stale",
    "startup",
    "tasks",
    "units",
    "version",
    "workload",
  ],
);

export const reductionPrograms = programs(
  ["reduce_julia"],
  [
    "collections",
    "compilable",
    "elf",
    "elf_debug",
    "failures",
    "files",
    "interpreted",
    "julia_tree",
    "load",
    "manifest",
    "reduced_record",
    "say",
    "settings",
    "shared_libraries",
    "small_base",
    "stale",
    "standard_libraries",
    "version",
  ],
);

export const testPrograms = programs(
  ["tests"],
  [
    "access",
    "compat_1_5",
    "files",
    "interpreted",
    "pkg",
    "privileges",
    "registries",
    "resolve",
    "say",
    "settings",
    "tasks",
    "version",
  ],
);

export const developmentPrograms = programs(
  ["development"],
  [
    "access",
    "compat_1_5",
    "files",
    "hold",
    "interpreted",
    "pkg",
    "privileges",
    "registries",
    "say",
    "settings",
    "temporary",
    "version",
  ],
);
