import { describe, expect, it } from "vitest";
import { appModule } from "../../../src/project/app-module.ts";
import { readProjectFile } from "../../../src/project/read-project-file.ts";

const uuid = "2a6f0b1d-7c94-4e35-8d60-1b9e5f3c7a82";

function project(tables = "") {
  const text = `name = "Reverse"\nuuid = "${uuid}"\n${tables}`;
  const { value } = readProjectFile({ name: "Project.toml", text });
  if (value === undefined) throw new Error("the project is right");
  return value;
}

describe("what a project is run by", () => {
  it("is the module of its first app", () => {
    const apps = '[apps]\nreverse = {}\ncli = { submodule = "CLI" }\n';
    expect(appModule(project(apps), undefined)).toEqual({ module: "Reverse", key: "apps" });
    const one = '[apps.cli]\nsubmodule = "CLI"\njulia_flags = ["--threads=4"]\n';
    expect(appModule(project(one), undefined)?.module).toBe("Reverse.CLI");
  });

  it("is its own module if that declares an entry point", () => {
    const own = { module: "Reverse", key: "name" };
    expect(appModule(project(), "function (@main)(args)\nend")).toEqual(own);
    expect(appModule(project(), "(@main)(args) = print(args)")).toEqual(own);
    expect(appModule(project(), "main(args) = print(args)\n@main\n")).toEqual(own);
  });

  it("is nothing for a library", () => {
    expect(appModule(project(), "main(args) = print(args)\n")).toBeUndefined();
    expect(appModule(project(), undefined)).toBeUndefined();
  });
});
