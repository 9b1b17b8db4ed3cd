/** UUIDs of standard libraries, which no version of Julia changes. */
export const STDLIB_UUIDS: Readonly<Record<string, string>> = {
  Artifacts: "56f22d72-fd6d-98f1-02f0-08ddc0907c33",
  Base64: "2a0f44e3-6c83-55bd-87e4-b1978d98bd5f",
  Dates: "ade2ca70-3891-5945-98fb-dc099432e06a",
  LazyArtifacts: "4af54fe1-eca0-43a8-85a7-787d91b784e3",
  Libdl: "8f399da3-3557-5675-b5ff-fb832c97cbdb",
  LinearAlgebra: "37e2e46d-f89d-539d-b4ee-838fcccc9c8e",
  Pkg: "44cfe95a-1eb2-52ea-b672-e2afdf69b78f",
  Printf: "de0858da-6303-5e67-8744-51eddeeeb8d7",
  Random: "9a3f8284-a2c9-5f02-9a11-845980a1fd5c",
  Sockets: "6462fe0b-24de-5631-8697-dd941f90decc",
  SparseArrays: "2f01184e-e22b-5df5-ae63-d93ebab69eaf",
  Statistics: "10745b16-79ce-11e8-11f9-7d13ad32a3b2",
  TOML: "fa267f1f-6049-4f14-aa54-33bafae1ed76",
  Test: "8dfed614-e22c-5e08-85e1-65c5234f0b40",
  Zlib_jll: "83775a58-1f1d-513f-b197-d71354ab007a",
};
