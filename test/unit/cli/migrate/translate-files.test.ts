import { describe, expect, it } from "vitest";
import { migrationOf, project } from "./migration-of.ts";

const files = { "service/Project.toml": project, "shared/data.csv": "" };

describe("WORKDIR, COPY and ADD of a Dockerfile", () => {
  it.each([
    ["WORKDIR /srv/app\nCOPY . .", "/srv/app"],
    ["WORKDIR /srv\nWORKDIR app\nCOPY . ./", "/srv/app"],
    ["COPY Project.toml Manifest.toml /opt/service/\nCOPY src /opt/service/src", "/opt/service"],
    ["COPY *.toml /root/.julia/environments/v1.12/\nCOPY . /srv/app", "/srv/app"],
    ["ENV DIR=/srv/x\nCOPY --chown=1000 . $DIR", "/srv/x"],
    ['COPY [".", "/srv/j"]', "/srv/j"],
    ["WORKDIR /only", "/only"],
    ["COPY . /", "/app"],
    ["WORKDIR /root/app\nCOPY . .", "/app"],
  ])("finds where %j puts the project", async (lines, path) => {
    const { spec } = await migrationOf(`FROM julia:1.12\n${lines}\n`);
    expect(spec.path).toBe(path);
  });

  it("finds the project in a folder, by its Project.toml or by --project", async () => {
    const one = await migrationOf("FROM julia:1.12\nCOPY service/ /srv/service\n", files);
    expect(one.spec).toMatchObject({ project: "service", path: "/srv/service" });
    const two = { ...files, "worker/Project.toml": project };
    const { spec } = await migrationOf(
      'FROM julia:1.12\nWORKDIR /srv\nCOPY . .\nCMD ["julia", "--project=worker", "worker/main.jl"]\n',
      two,
    );
    expect(spec).toMatchObject({ project: "worker", path: "/srv/worker", main: "main.jl" });
    expect(spec.image.workdir).toBe("/srv");
  });

  it("says which files are elsewhere", async () => {
    const { leftOver, needless } = await migrationOf(
      `FROM node:22 AS web
RUN npm run build
FROM julia:1.12
COPY service /app
COPY shared /app/shared
COPY service/entry.sh /entry.sh
COPY --from=web /dist /app/public
COPY --from=docker.io/library/busybox /bin/busybox /bin/
ADD https://example.com/data.zip /data.zip
COPY <<END /etc/motd
hello
END
`,
      files,
    );
    const lines = [5, 6, 7, 8, 9, 10].map((line) => leftOver.find((one) => one.startsWith(`line ${line}: `)));
    expect(lines).toEqual([
      expect.stringContaining("shared is not in the project's folder"),
      expect.stringContaining("/entry.sh is not in the image"),
      expect.stringContaining("the stage web is not about Julia"),
      expect.stringContaining("files of another image have to be in the base"),
      expect.stringContaining("nothing is downloaded by its address"),
      expect.stringContaining("write the file into the project's folder"),
    ]);
    expect(needless).toContain("line 4: COPY service /app: the project is put into the image by the build");
  });

  it("says that the folder is not the build context", async () => {
    const { account, spec } = await migrationOf("FROM julia:1.12\nCOPY app/Project.toml /srv/app/\n", {
      "README.md": "",
    });
    expect(account).toContain("has to be the build context of the Dockerfile");
    expect(spec.path).toBe("/srv/app");
  });
});
