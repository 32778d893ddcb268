/**
 * A stream of random numbers that a key fixes: the same key gives the same numbers on every machine.
 *
 * The generator is sfc32 (Chris Doty-Humphrey's PractRand): 128 bits of state and 32-bit integer steps only, so no
 * engine's floating-point functions can differ. Streams of different keys are independent of each other.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /**
   * @param seed, index  what the stream belongs to, e.g. the universe's seed and a block's number (up to 2^53)
   * @param purpose      tells streams about the same thing apart
   */
  constructor(seed: number, index: number, purpose: number) {
    this.#a = seed | 0;
    this.#b = index | 0;
    this.#c = Math.imul(Math.floor(index / 2 ** 32), 0x9e3779b1) ^ Math.imul(purpose, 0x85ebca6b);
    for (let round = 0; round < 12; round++) this.#next();
  }

  /** A whole number from 0 to limit − 1, for limits up to 2^32. */
  below(limit: number): number {
    return Math.floor(((this.#next() >>> 0) * limit) / 2 ** 32);
  }

  /** A whole number from least to most, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }
}
