import { expect, it } from "vitest";
import { bigPageOf } from "../../../../../bench/big/page.ts";
import { bigPlotsOf } from "../../../../../bench/big/plots.ts";
import { exampleBig } from "./example.ts";

it("has what was measured, and beside each limit whether it is kept", () => {
  const page = bigPageOf(exampleBig);
  expect(page).toContain("| 100 | 10.000 s | 60 MB | 0.50 s | 90.0 s | 90 |");
  expect(page).toContain("| 1000 | 1000.000 s | 60 MB |  |  |  |");
  expect(page).toContain("Planned only, and not built: 1000.");
  expect(page).toContain("| planning | **2.00 EXCEEDED** |");
  expect(page).toContain("| first build | 1.00 kept |");
  expect(page).toContain(
    "Of 5 limits, **these are EXCEEDED: planning by packages in the manifest, exponent: 2.00**",
  );
});

it("draws light and dark what has more than one size", async () => {
  const plots = await bigPlotsOf(exampleBig);
  expect([...plots.keys()]).toEqual(["big-packages-light.svg", "big-packages-dark.svg"]);
  expect(plots.get("big-packages-light.svg")).toContain("planning (s), 2.00");
});
