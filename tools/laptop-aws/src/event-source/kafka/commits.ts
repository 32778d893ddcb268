/** Commits come at most so often: what a kill can make a mapping do again. */
const commitEveryMs = 100;

export interface CommitsOptions {
  /** @throws when it could not; these offsets are tried again with the next ones */
  readonly commit: (offsets: ReadonlyMap<number, number>) => Promise<void>;
}

/** The offsets of a group's partitions, on their way to the brokers: never one before what it stands for is done. */
export class Commits {
  readonly #commit: CommitsOptions['commit'];
  readonly #waiting = new Map<number, number>();
  #saving: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ commit }: CommitsOptions) {
    this.#commit = commit;
  }

  /** Moves a partition's offset, soon to be with the brokers. */
  set(partition: number, offset: number): void {
    if (this.#closed) return;
    this.#waiting.set(partition, offset);
    this.#timer ??= setTimeout(() => void this.save(), commitEveryMs);
  }

  /** The partition is no longer ours to commit. */
  forget(partition: number): void {
    this.#waiting.delete(partition);
  }

  /** Resolves when every offset that was set before has been tried; what was refused is tried with the next. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#write());
    await this.#saving;
  }

  async #write(): Promise<void> {
    const offsets = new Map(this.#waiting);
    if (offsets.size === 0) return;
    try {
      await this.#commit(offsets);
    } catch {
      // The group is being shared out anew, or the brokers are away: the member says so. They stay waiting.
      this.#timer ??= setTimeout(() => void this.save(), 10 * commitEveryMs);
      return;
    }
    for (const [partition, offset] of offsets) {
      if (this.#waiting.get(partition) === offset) this.#waiting.delete(partition);
    }
  }

  /** Tries once more, and takes no more. */
  async close(): Promise<void> {
    const saved = this.save();
    this.#closed = true;
    await saved;
    clearTimeout(this.#timer);
  }
}
