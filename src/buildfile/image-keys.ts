import { imageReference, text } from "./formats.ts";
import { duration, port, signal, standardLibrary, volumeFolder, workingFolder } from "./image-formats.ts";
import type { Key } from "./key.ts";

/** The keys that say what the image is made of, and what it does when it runs. */
export const imageKeys: readonly Key[] = [
  {
    path: "image.base",
    type: { kind: "string", format: imageReference },
    doc: "Image that the result is made of, with Julia copied onto it as far as the project needs Julia: a small Debian, or one without a shell. It needs glibc as new as that of the image that is built on. The target `dev` is never on it. Default: the image that is built on.",
    example: '[image]\nbase = "debian:trixie-slim"',
    dockerfile: "FROM debian:trixie-slim\nCOPY --from=build /usr/local/julia /usr/local/julia",
    juliaSince: [1, 10],
    since: 1,
  },
  {
    path: "image.keep-stdlibs",
    type: { kind: "list", item: standardLibrary },
    default: [],
    doc: "With `base` under `[image]`: standard libraries that are kept, with what they need, besides those that the project depends on.",
    example: '[image]\nbase = "debian:trixie-slim"\nkeep-stdlibs = ["Pkg", "REPL"]',
    juliaSince: [1, 10],
    since: 1,
  },
  {
    path: "image.compile-at-run-time",
    type: { kind: "boolean" },
    default: false,
    doc: "With `base` under `[image]`: Julia keeps its linker, without which a container cannot write compiled files.",
    example: '[image]\nbase = "debian:trixie-slim"\ncompile-at-run-time = true',
    juliaSince: [1, 10],
    since: 1,
  },
  {
    path: "image.entrypoint",
    type: { kind: "list", item: text },
    doc: "Program that the image starts, with its first arguments, instead of `julia` with `main`. It gets the flags of `[precompile]` only if it names them itself.",
    example: '[image]\nentrypoint = ["julia", "--threads=4", "main.jl"]',
    dockerfile: 'ENTRYPOINT ["julia", "--threads=4", "main.jl"]',
    since: 1,
  },
  {
    path: "image.cmd",
    type: { kind: "list", item: text },
    doc: "Arguments of the entry point, which those of `docker run` replace; without an entry point, the program and its arguments. Default: none after `main` or `entrypoint`, else `julia`.",
    example: '[image]\ncmd = ["--port", "8080"]',
    dockerfile: 'CMD ["--port", "8080"]',
    since: 1,
  },
  {
    path: "image.workdir",
    type: { kind: "string", format: workingFolder },
    doc: "Folder in which the image starts. It is made, for the image's user, if it is not there. Default: the project's.",
    example: '[image]\nworkdir = "/data"',
    dockerfile: "WORKDIR /data",
    since: 1,
  },
  {
    path: "image.expose",
    type: { kind: "list", item: port },
    default: [],
    doc: "Ports that the image listens on, besides those of the base image; TCP unless one says `/udp` or `/sctp`.",
    example: '[image]\nexpose = ["8080"]',
    dockerfile: "EXPOSE 8080",
    since: 1,
  },
  {
    path: "image.volumes",
    type: { kind: "list", item: volumeFolder },
    default: [],
    doc: "Folders for data that outlives a container, besides those of the base image. They are made, for the image's user, if they are not there.",
    example: '[image]\nvolumes = ["/data"]',
    dockerfile: "VOLUME /data",
    since: 1,
  },
  {
    path: "image.stop-signal",
    type: { kind: "string", format: signal },
    doc: "Signal that `docker stop` sends. Default: that of the base image, else `SIGTERM`.",
    example: '[image]\nstop-signal = "SIGINT"',
    dockerfile: "STOPSIGNAL SIGINT",
    since: 1,
  },
  {
    path: "image.healthcheck",
    type: {
      kind: "record",
      anyOf: ["command"],
      members: [
        {
          path: "command",
          type: { kind: "list", item: text, notEmpty: true },
          doc: "Program with its arguments, without a shell. The container is healthy if it ends with 0.",
          example: 'command = ["curl", "--fail", "http://localhost:8080/"]',
        },
        {
          path: "interval",
          type: { kind: "string", format: duration },
          doc: "Time between two checks. Docker's default is 30s.",
          example: 'interval = "30s"',
        },
        {
          path: "timeout",
          type: { kind: "string", format: duration },
          doc: "Time after which a check has failed. Docker's default is 30s.",
          example: 'timeout = "5s"',
        },
        {
          path: "start-period",
          type: { kind: "string", format: duration },
          doc: "Time from the start in which a failure does not count. Docker's default is none.",
          example: 'start-period = "1m"',
        },
        {
          path: "start-interval",
          type: { kind: "string", format: duration },
          doc: "Time between two checks in the start period, for Docker 25 and newer, whose default is 5s.",
          example: 'start-interval = "1s"',
        },
        {
          path: "retries",
          type: { kind: "integer", minimum: 1, maximum: 1000 },
          doc: "Failures in a row that make a container unhealthy. Docker's default is 3.",
          example: "retries = 3",
        },
      ],
    },
    doc: "How Docker finds out whether a running container works.",
    example:
      '[image.healthcheck]\ncommand = ["curl", "--fail", "http://localhost:8080/"]\ninterval = "10s"\nstart-period = "1m"',
    dockerfile:
      'HEALTHCHECK --interval=10s --start-period=1m CMD ["curl", "--fail", "http://localhost:8080/"]',
    since: 1,
  },
];
