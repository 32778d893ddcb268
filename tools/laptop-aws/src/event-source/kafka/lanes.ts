import type { Bounds } from './offsets.ts';
import type { PartitionLane } from './partition-lane.ts';

export interface LanesOptions {
  readonly open: (partition: number, from: number) => PartitionLane;
  readonly say: (line: string) => void;
}

/** What is known of a partition that the group has given to this member. */
export interface Given {
  readonly partition: number;
  readonly committed: number | undefined;
  /** Where a group begins that has not committed anything. */
  readonly starting: number;
  readonly bounds: Bounds;
}

/** The lanes of the partitions that this member has. */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #lanes = new Map<number, PartitionLane>();
  #gone: Promise<unknown> = Promise.resolve();

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  get(partition: number): PartitionLane | undefined {
    return this.#lanes.get(partition);
  }

  /**
   * Has lanes for these partitions and no others. One that goes on with its partition keeps what it has, also what is in
   * flight, unless another member has gone further since.
   *
   * @returns the offsets to fetch from, where that is not the committed one
   */
  async give(all: readonly Given[]): Promise<Map<number, number>> {
    const keeps = ({ partition, committed = 0 }: Given): boolean =>
      (this.#lanes.get(partition)?.done ?? -1) >= committed;
    const kept = new Set(all.filter(keeps).map(({ partition }) => partition));
    const leaving = [...this.#lanes.values()].filter(({ partition }) => !kept.has(partition));
    for (const { partition } of leaving) this.#lanes.delete(partition);
    this.#gone = Promise.all([this.#gone, ...leaving.map((lane) => lane.stop())]);

    const from = new Map<number, number>();
    for (const given of all) {
      const { partition, committed } = given;
      if (!this.#lanes.has(partition)) this.#begin(partition, this.#startOf(given));
      const { expected } = this.#lanes.get(partition) as PartitionLane;
      if (expected !== committed) from.set(partition, expected);
    }
    return from;
  }

  /** A lane begins when those that had to go have ended: one of them may have had the same partition. */
  #begin(partition: number, from: number): void {
    const lane = this.#options.open(partition, from);
    this.#lanes.set(partition, lane);
    void this.#gone.then(() => {
      if (this.#lanes.get(partition) === lane) lane.start();
    });
  }

  #startOf({ partition, committed, starting, bounds: { low, high } }: Given): number {
    if (committed === undefined) return starting;
    if (committed < low) {
      this.#options.say(`partition ${partition}: ${low - committed} records expired before they were read`);
      return low;
    }
    if (committed <= high) return committed;
    this.#options.say(
      `partition ${partition}: the group has committed ${committed}, but the topic ends at ${high} (was it made anew?); goes on at the oldest record`,
    );
    return low;
  }

  /** Ends all; resolves when the invocations in flight have ended. */
  async stop(): Promise<void> {
    await Promise.all([this.#gone, ...[...this.#lanes.values()].map((lane) => lane.stop())]);
  }
}
