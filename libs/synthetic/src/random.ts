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
   * The key is 96 bits: no two keys start in the same state.
   *
   * @param seed a whole number below 2^32
   * @param index what the stream belongs to, such as a block's number: below 2^53
   * @param purpose tells streams of the same thing apart: below 2^11
   */
  constructor(seed: number, index: number, purpose: number) {
    this.#a = seed | 0;
    this.#b = index | 0;
    this.#c = (purpose << 21) | Math.floor(index / 2 ** 32);
    for (let round = 0; round < 15; round++) this.#next();
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
