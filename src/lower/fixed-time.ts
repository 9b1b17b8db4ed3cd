/** 1 second after the epoch, which Julia 1.8 to 1.10 always accept as a source file's time; in nanoseconds. */
export const fixedTime = 1_000_000_000n;
