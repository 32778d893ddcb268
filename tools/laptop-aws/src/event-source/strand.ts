import { attempt, type AttemptHost } from './attempt.ts';
import type { Batch } from './batch.ts';
import type { FailureDestination } from './failure-destination.ts';
import type { Failure, FailurePlace } from './failure-record.ts';
import { gather } from './gather.ts';
import type { DeliverySettings } from './mapping-settings.ts';
import type { Outcome } from './outcome.ts';
import { afterFailure, isSpent, tooOld, type Piece } from './retry.ts';
import type { RecordFormat, RecordReader, SourceRecord } from './source-record.ts';
import { waitFor } from './wait.ts';

export interface StrandOptions<Some extends SourceRecord> extends AttemptHost {
  readonly settings: DeliverySettings;
  readonly format: RecordFormat<Some>;
  /** Where records are that are given up. */
  readonly placeOf: (batch: Batch) => FailurePlace;
  /** How long records rest after the nth failure in a row. */
  readonly backoffMs: (failures: number) => number;
  /** How old records are that arrived at a moment, both in milliseconds. */
  readonly ageOf: (arrivalMs: number) => number;
  /** Takes what is given up; without it, given up is gone. */
  readonly destination: FailureDestination | undefined;
  /** More is done than before. */
  readonly moved: () => void;
  readonly say: (line: string) => void;
}

/** Some partition keys of a shard, or a partition: records go to the function in order, one batch at a time. */
export class Strand<Some extends SourceRecord> {
  readonly #reader: RecordReader<Some>;
  readonly #options: StrandOptions<Some>;
  #next: number;

  /** @param reader at the first record that may not be done */
  constructor(reader: RecordReader<Some>, options: StrandOptions<Some>) {
    this.#reader = reader;
    this.#next = reader.position;
    this.#options = options;
  }

  /** Before this index, every record of the strand is done. */
  get next(): number {
    return this.#next;
  }

  /** Ends when stopped, after the invocation in flight. */
  async run(stop: AbortSignal): Promise<void> {
    const { settings, format } = this.#options;
    for (;;) {
      const batch = await gather(this.#reader, format, settings, (index) => this.#moveTo(index), stop);
      if (!batch) return;
      await this.#deliver(batch, stop);
      if (stop.aborted) return;
    }
  }

  /** Sends a batch, whole or in pieces, again and again until all of it is done or given up. */
  async #deliver(batch: Batch, stop: AbortSignal): Promise<void> {
    const { settings, backoffMs, say } = this.#options;
    const pieces: Piece[] = [{ batch, failures: 0 }];
    let failedInARow = 0;
    for (let piece = pieces.shift(); piece && !stop.aborted; piece = pieces.shift()) {
      const left = await this.#withoutTooOld(piece, stop);
      if (!left) continue;
      const outcome = await attempt(left.batch, settings, this.#options, stop);
      if (!outcome) return;
      this.#passed(left.batch.first(outcome.done));
      if (outcome.done > 0) failedInARow = 0;
      if (outcome.done === left.batch.size) continue;
      failedInARow++;
      const next = afterFailure(left, outcome, settings);
      const [first] = next;
      if (first && isSpent(first, settings)) {
        await this.#giveUp(first, 'RetryAttemptsExhausted', outcome, stop);
        continue;
      }
      pieces.unshift(...next);
      const restMs = backoffMs(failedInARow);
      const records = next.map(({ batch: { size } }) => size).join(' and ');
      say(`${records} records come again in ${restMs} ms: ${outcome.failure}`);
      await waitFor(undefined, restMs, stop);
    }
  }

  /** Undefined when nothing is left, or when stopped before what is too old was taken by the destination. */
  async #withoutTooOld(piece: Piece, stop: AbortSignal): Promise<Piece | undefined> {
    const { batch, failures } = piece;
    const { settings, ageOf } = this.#options;
    const old = tooOld(batch, settings, ageOf);
    if (old === 0) return piece;
    const given = await this.#giveUp({ batch: batch.first(old), failures }, 'RecordAgeExceeded', undefined, stop);
    return given && old < batch.size ? { batch: batch.from(old), failures } : undefined;
  }

  /** Tries the destination until it has taken the records, and only then passes them; false when stopped before. */
  async #giveUp(
    { batch, failures }: Piece,
    condition: Failure['condition'],
    outcome: Outcome | undefined,
    stop: AbortSignal,
  ): Promise<boolean> {
    const { settings, destination, placeOf, backoffMs, say } = this.#options;
    const why = outcome ? `${failures} attempts failed, at last: ${outcome.failure}` : 'older than they may be';
    let taken = destination === undefined;
    for (let failed = 1; destination && !taken; failed++) {
      if (stop.aborted) return false;
      try {
        const [place, invocation] = [placeOf(batch), outcome?.invocation];
        await destination({ mapping: settings, place, batch, condition, failures, invocation, at: new Date() });
        taken = true;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        say(`the on-failure destination ${settings.onFailure} did not take ${batch.size} records: ${reason}`);
        await waitFor(undefined, backoffMs(failed), stop);
      }
    }
    const [first, last] = [batch.records[0], batch.records.at(-1)];
    const where = destination ? `; they are in ${settings.onFailure}` : '';
    say(`gave up ${batch.size} records, ${first?.sequenceNumber} to ${last?.sequenceNumber}: ${why}${where}`);
    this.#passed(batch);
    return true;
  }

  #passed({ records }: Batch): void {
    const last = records.at(-1);
    if (last) this.#moveTo(last.index + 1);
  }

  #moveTo(index: number): void {
    if (index <= this.#next) return;
    this.#next = index;
    this.#options.moved();
  }
}
