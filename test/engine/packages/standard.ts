import { type Catalogue, catalogueOf } from "./catalogue.ts";
import { INKWELL, MODERN_ARTIFACTS } from "./kinds/artifacts.ts";
import { BELLOWS, FORGE, QUICKSAND, SUNDIAL } from "./kinds/build-scripts.ts";
import { LODGER } from "./kinds/extensions.ts";
import { LODGINGS, ORCHARD, POSTBOX } from "./kinds/other-worlds.ts";
import { ALMANAC, COLOURS, GREETINGS, LETTERPRESS, ROPEWALK, TALLY, THORNBUSH } from "./kinds/plain.ts";
import { LANTERN } from "./kinds/preferences.ts";
import { CELLAR, PANTRY } from "./kinds/scratch.ts";
import { STATISTICS, WEIGHTS } from "./kinds/standard-libraries.ts";
import { FURNACE, KILN, PRECOMPILE_TOOLS, SWITCHBOARD } from "./kinds/workload.ts";
import type { PackageFixture } from "./package-fixture.ts";

export { UUIDS } from "./names.ts";

/** The packages that examples and end to end tests use: small, and each there for one thing that can go wrong. */
export const STANDARD_PACKAGES: readonly PackageFixture[] = [
  ...[
    COLOURS,
    GREETINGS,
    TALLY,
    ALMANAC,
    INKWELL,
    LETTERPRESS,
    PANTRY,
    SUNDIAL,
    ROPEWALK,
    THORNBUSH,
    QUICKSAND,
  ],
  ...[
    MODERN_ARTIFACTS,
    BELLOWS,
    FORGE,
    LODGER,
    LANTERN,
    STATISTICS,
    WEIGHTS,
    FURNACE,
    PRECOMPILE_TOOLS,
    KILN,
    SWITCHBOARD,
  ],
  ...[CELLAR, ORCHARD, POSTBOX, LODGINGS],
].flat();

export function standardCatalogue(): Catalogue {
  return catalogueOf(STANDARD_PACKAGES);
}
