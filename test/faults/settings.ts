/** How much a run does. Each number can be given in the environment. */
export interface FaultSettings {
  /** `FAULTS_SEED`: all that is random is made of it. */
  readonly seed: number;
  /** `FAULTS_KILLS`: how often a step is killed, on all engines together. */
  readonly kills: number;
  /** `FAULTS_RESTARTS`: how often the daemon is killed, for each image store. */
  readonly restarts: number;
  /** `FAULTS_DOWNLOADS`: builds with a Pkg server that spoils what it sends. */
  readonly downloads: number;
  /** `FAULTS_PULLS`: builds with a registry that spoils what it sends: as many for the base image as for the seed. */
  readonly pulls: number;
  /** `FAULTS_DISKS`: how often the disk is filled. */
  readonly disks: number;
}

declare module "vitest" {
  interface ProvidedContext {
    faults: FaultSettings;
  }
}

export function faultSettings(environment: Readonly<Record<string, string | undefined>>): FaultSettings {
  const number = (name: string, otherwise: number): number => {
    const text = environment[name];
    if (text === undefined || text === "") return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw new Error(`${name}=${text} is no number`);
    return Number(text);
  };
  return {
    seed: number("FAULTS_SEED", Math.floor(Math.random() * 1_000_000)),
    kills: number("FAULTS_KILLS", 50),
    restarts: number("FAULTS_RESTARTS", 4),
    downloads: number("FAULTS_DOWNLOADS", 16),
    pulls: number("FAULTS_PULLS", 4),
    disks: number("FAULTS_DISKS", 6),
  };
}

/** 1 to a number. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
