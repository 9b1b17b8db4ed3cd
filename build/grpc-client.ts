import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

const entry = fileURLToPath(new URL("grpc-client.js", import.meta.url));

/**
 * An esbuild plugin that bundles of @grpc/grpc-js only what a client of a socket needs: the library's index also loads servers,
 * what looks for their names, and what spreads calls over many: 100 of the 830 KB that every start read.
 * Node's own modules that the client needs for compressed messages and for names of hosts are loaded when they are used.
 */
export const grpcClient: Plugin = {
  name: "grpc-client",
  setup(context) {
    context.onResolve({ filter: /^@grpc\/grpc-js$/ }, () => ({ path: entry }));
    context.onResolve({ filter: /^(?:dns|zlib)$/ }, ({ path, importer }) =>
      importer.includes("/@grpc/grpc-js/") ? { path, namespace: "when-used" } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: "when-used" }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require("node:${path}")[name] });`,
    }));
  },
};
