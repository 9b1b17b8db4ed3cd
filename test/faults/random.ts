import { createHash } from "node:crypto";

/** Numbers that look random and are the same for the same seed and name. */
export interface Random {
  /** From 0 to 1, without 1. */
  fraction(): number;
  /** Whether something happens that does with this probability. */
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** A sequence of its own for each name, so that a test that runs alone draws the same as in the whole run. */
export function randomFor(seed: number, name: string): Random {
  let drawn = 0;
  const fraction = (): number => {
    drawn += 1;
    return createHash("sha256").update(`${seed}/${name}/${drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  };
  return {
    fraction,
    chance: (probability) => fraction() < probability,
    pick: (choices) => choices[Math.floor(fraction() * choices.length)] as (typeof choices)[number],
  };
}
