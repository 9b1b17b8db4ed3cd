import type { Format } from "./formats.ts";
import type { Key } from "./key.ts";

const threads: Format = {
  what: 'a number of threads, "auto", or both kinds, such as "4,1"',
  pattern: /^(?:auto|[1-9]\d{0,3})(?:,(?:auto|0|[1-9]\d{0,3}))?$/,
};

const heapSize: Format = {
  what: 'a number with a unit, such as "500M" or "2G"',
  pattern: /^[1-9]\d{0,6}[KMGT]$/,
};

const gcThreads: Format = {
  what: 'a number of threads that mark, and 1 for one that sweeps, such as "4" or "4,1"',
  pattern: /^[1-9]\d{0,3}(?:,[01])?$/,
};

/** Flags of the Julia that the image starts. None of them decides which compiled files are valid. */
export const runKeys: readonly Key[] = [
  {
    path: "run.threads",
    type: { kind: "string", format: threads, integers: true },
    doc: "Threads of the image's Julia: a number, `auto` for what the container may use, and after a comma the interactive ones. Default: Julia's own, one.",
    example: '[run]\nthreads = "auto"',
    dockerfile: 'ENTRYPOINT ["julia", "--threads=auto", …]',
    since: 1,
  },
  {
    path: "run.heap-size-hint",
    type: { kind: "string", format: heapSize },
    doc: "Memory at which Julia collects garbage more eagerly; 250 MB of it are for what is not on the heap. Default: Julia's own, the limit of the container's memory.",
    example: '[run]\nheap-size-hint = "1500M"',
    dockerfile: 'ENTRYPOINT ["julia", "--heap-size-hint=1500M", …]',
    juliaSince: [1, 9],
    since: 1,
  },
  {
    path: "run.gc-threads",
    type: { kind: "string", format: gcThreads, integers: true },
    doc: "Threads that collect garbage. Default: Julia's own, half of `threads`.",
    example: "[run]\ngc-threads = 2",
    dockerfile: 'ENTRYPOINT ["julia", "--gcthreads=2", …]',
    juliaSince: [1, 10],
    since: 1,
  },
];
