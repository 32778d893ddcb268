import type { Backoff } from '@acme/lambda-kit';
import type { Producer } from './generate.ts';

/**
 * A producer whose failed batches are tried again, so that one failure does not repeat a whole run. Events keep their
 * ids: what a failed call had put on the stream already is there twice, and told apart by its ids.
 *
 * @param backoffs of each batch, made when it is first tried
 * @returns a producer that throws what the last try threw, when time is up
 */
export const patiently =
  (produce: Producer, backoffs: () => Backoff, wait: (ms: number) => Promise<void>): Producer =>
  async (lines, family) => {
    const backoff = backoffs();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await produce(lines, family);
      } catch (error) {
        const ms = backoff(attempt);
        if (ms === undefined) throw error;
        await wait(ms);
      }
    }
  };
