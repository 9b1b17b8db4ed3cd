// Bundles the frontend and everything that a build needs at run time into one file, dist/frontend.cjs, what else it can do into
// tools.cjs, and the two small programs that start it: start.cjs with the code cache that record.cjs writes.
import { build } from "esbuild";

/** What few starts need is a program of its own, beside the one that every start reads. */
const toolsApart = {
  name: "tools-apart",
  setup(context) {
    context.onResolve({ filter: /\/tools\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./tools.cjs", external: true } : undefined,
    );
  },
};

/** What is the same in every start is computed when the bundle is made: the module's values stand in the bundle. */
const computedModules = {
  name: "computed-modules",
  setup(context) {
    context.onLoad({ filter: /[/\\]src[/\\]julia[/\\]archives\.ts$/ }, async ({ path }) => {
      const options = {
        bundle: true,
        platform: "node",
        format: "esm",
        loader: { ".jl": "text" },
        write: false,
      };
      const { outputFiles } = await build({ ...options, entryPoints: [path] });
      const values = await import(
        `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
      );
      const lines = Object.entries(values).map(([name, value]) => {
        if (typeof value === "function") throw new Error(`${name} is no value that can stand in the bundle`);
        return `export const ${name} = ${JSON.stringify(value)};`;
      });
      return { contents: lines.join("\n") };
    });
  },
};

const common = {
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  sourcemap: false,
  legalComments: "linked",
  logLevel: "warning",
};

const program = {
  ...common,
  // grpc-js loads it for services of a server that describe the server itself.
  external: ["@grpc/proto-loader"],
  // `import program from "./file.jl?raw"`: the text of the file, as in Vite.
  loader: { ".jl": "text" },
  plugins: [toolsApart, computedModules],
};

await build({
  ...program,
  entryPoints: { frontend: "src/main.ts" },
  // What Node itself puts around a CommonJS module: a start with the code cache goes past Node's loader, and so has no import().
  banner: { js: "(function (require, module, exports) {" },
  footer: { js: "})" },
  supported: { "dynamic-import": false },
});
await build({ ...program, entryPoints: { tools: "src/cli/tools.ts" } });
await build({ ...common, entryPoints: { start: "src/start/start.ts", record: "src/start/record.ts" } });
