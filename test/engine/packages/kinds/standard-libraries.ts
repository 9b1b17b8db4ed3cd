// Packages around standard libraries.
import { stdlib, versions } from "../define.ts";

/**
 * What Julia 1.10 and newer take from a registry, as far as the tests need it. Older versions take their own, whatever a
 * registry says.
 */
export const STATISTICS = versions("Statistics", ["1.11.1"], {
  body: "mean(numbers) = sum(numbers) / length(numbers)",
});

/** Loads standard libraries of every kind: in and outside of the system image, with shared libraries, with versions of their own. */
export const WEIGHTS = versions("Weights", ["1.0.0"], {
  deps: stdlib("LinearAlgebra", "SparseArrays", "Statistics", "Zlib_jll"),
  compat: { julia: "1.6" },
  body: `
using LinearAlgebra, SparseArrays, Statistics, Zlib_jll

balance() = Statistics.mean([dot([1, 2], [3, 4]), nnz(sparse([1 0; 0 1]))])

compression() = unsafe_string(ccall((:zlibVersion, libz), Cstring, ()))`,
});
