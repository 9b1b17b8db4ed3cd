/**
 * Standard libraries that the fixtures use, with what each depends on, as Julia 1.5's own
 * `share/julia/stdlib/v1.5/<Name>/Project.toml` files say.
 */
export const STDLIB: Readonly<Record<string, { readonly uuid: string; readonly deps: readonly string[] }>> = {
  Base64: { uuid: "2a0f44e3-6c83-55bd-87e4-b1978d98bd5f", deps: [] },
  Dates: { uuid: "ade2ca70-3891-5945-98fb-dc099432e06a", deps: ["Printf"] },
  Distributed: { uuid: "8ba89e20-285c-5b6f-9357-94700520ee1b", deps: ["Random", "Serialization", "Sockets"] },
  InteractiveUtils: { uuid: "b77e0a4c-d291-57a0-90e8-8db25a27a240", deps: ["Markdown"] },
  LibGit2: { uuid: "76f85450-5226-5b5a-8eaa-529ad045b433", deps: ["Printf"] },
  Libdl: { uuid: "8f399da3-3557-5675-b5ff-fb832c97cbdb", deps: [] },
  LinearAlgebra: { uuid: "37e2e46d-f89d-539d-b4ee-838fcccc9c8e", deps: ["Libdl"] },
  Logging: { uuid: "56ddb016-857b-54e1-b83d-db4d58db5568", deps: [] },
  Markdown: { uuid: "d6f4376e-aef5-505a-96c1-9c027394607a", deps: ["Base64"] },
  Pkg: {
    uuid: "44cfe95a-1eb2-52ea-b672-e2afdf69b78f",
    deps: ["Dates", "LibGit2", "Libdl", "Logging", "Markdown", "Printf", "REPL", "Random", "SHA", "UUIDs"],
  },
  Printf: { uuid: "de0858da-6303-5e67-8744-51eddeeeb8d7", deps: ["Unicode"] },
  REPL: { uuid: "3fa0cd96-eef1-5676-8a61-b3b8758bbffb", deps: ["InteractiveUtils", "Markdown", "Sockets"] },
  Random: { uuid: "9a3f8284-a2c9-5f02-9a11-845980a1fd5c", deps: ["Serialization"] },
  SHA: { uuid: "ea8e919c-243c-51af-8825-aaa63cd721ce", deps: [] },
  Serialization: { uuid: "9e88b42a-f829-5b0c-bbe9-9e923198166b", deps: [] },
  Sockets: { uuid: "6462fe0b-24de-5631-8697-dd941f90decc", deps: [] },
  SparseArrays: { uuid: "2f01184e-e22b-5df5-ae63-d93ebab69eaf", deps: ["LinearAlgebra", "Random"] },
  Statistics: { uuid: "10745b16-79ce-11e8-11f9-7d13ad32a3b2", deps: ["LinearAlgebra", "SparseArrays"] },
  Test: {
    uuid: "8dfed614-e22c-5e08-85e1-65c5234f0b40",
    deps: ["Distributed", "InteractiveUtils", "Logging", "Random"],
  },
  UUIDs: { uuid: "cf7118a7-6976-5b1a-9a39-7adc72f591a4", deps: ["Random", "SHA"] },
  Unicode: { uuid: "4ec0a83e-493e-50e2-b9ac-8f72acf5a8f5", deps: [] },
};
