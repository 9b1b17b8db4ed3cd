/** UUIDs of the packages that examples and end to end tests use. */
export const UUIDS = {
  Colours: "3f6c1a52-8a0e-4a54-9d0f-5d1f0c6b7a01",
  Greetings: "7c2b9e14-1d7f-4c38-8f41-2a9c5e8d3b02",
  Tally: "a4d8f0c6-5b3e-4e92-b7a6-9e0c1d2f4a03",
  Almanac: "c91e7b3a-6f24-4d05-a8b3-0f7d6e5c9b04",
  Inkwell_jll: "e5a30d7f-2c98-5b16-9c4d-7b8e1f0a6d05",
  Letterpress: "19b7e4d2-0a6c-4f83-8e5b-c3d2a1f09e06",
  Pantry: "5d0c8f6b-9e71-4a2d-b4c8-6a1f3e7d0c07",
  Sundial: "82f1a9c3-7d5e-4b60-9f2a-1e8c4d6b3a08",
  Ropewalk: "d6e2c4b8-3f1a-4c97-a0d5-8b7f9e1c2d09",
  Thornbush: "f8a6d0e1-4c2b-4e59-8d7c-5f3a2b9e1c10",
  Quicksand: "0be4f7a9-8c6d-4d12-9a3e-2c5d7f1b8e11",
  Bellows: "dab5a0ed-9e55-5a5a-924e-cad008e823dd",
  Forge: "a41d7c6e-8e08-529d-8fde-d7effd9b3de1",
  Lodger: "957f1d48-ccb8-5623-bf7c-3dbea89f7d97",
  Lantern: "4324e0b8-3e1b-5669-850d-c3c32e5db098",
  Weights: "f738c57f-b95c-56fc-8419-600e309ad219",
  Metronome_jll: "441d9a99-9026-54f9-bbcf-d7f3a88dee08",
  Metronome: "b67ec518-669b-5479-928c-0d9b67dcb35f",
  Compass: "92241939-1d01-5462-97ce-372c217b4c13",
  Attic: "7a2d54b9-bc62-5eea-831c-4386befad7e6",
  Furnace: "decb9838-5e0f-5893-816f-ca7eff7e4d7c",
  // That of the standard library, which newer versions of Julia let a registry replace.
  Statistics: "10745b16-79ce-11e8-11f9-7d13ad32a3b2",
  Cellar: "5e0b7c3d-1a9f-4d26-8b71-c4e2f6a80d31",
  Orchard: "6f1c8d4e-2ba0-4e37-9c82-d5f307b91e32",
  Postbox: "702d9e5f-3cb1-4f48-8d93-e60418ca2f33",
  Lodgings: "813eaf60-4dc2-4059-9ea4-f71529db3034",
  // That of the real one: it is found by it.
  PrecompileTools: "aea7be01-6a6a-4083-8856-8a6e6704d82a",
  Kiln: "92c5a0d7-3e61-4f8b-a4d2-6b0f9e1c7a35",
  Switchboard: "3b8f5d17-6c2a-4e90-b1d4-8a7e0c9f2d36",
} as const;

export type Name = keyof typeof UUIDS;
