// `npm run bench:seed`: the ways in which a step could start from the depot of an image that is there already. What a seed gives
// a whole build is a case of `npm run bench:all`.
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";
import { seedWays } from "./seed-ways.ts";

await onEngine([], async (engine, { julia }) => {
  console.log(await describeMachine(engine));
  await seedWays(engine, julia, 3);
});
