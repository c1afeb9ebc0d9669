/** So many unpredictable bytes: handed in, so that `simulations/` repeat themselves from a seed. */
export type RandomBytes = (count: number) => Uint8Array;
