import * as z from 'zod';
import { stateFile, StateFileError, type StateFile } from '../aws/state-file.ts';

const Saved = z.record(z.string(), z.string());
type Saved = z.infer<typeof Saved>;

/** Saves come at most so often: what a kill can make a mapping do again. */
const saveEveryMs = 100;

/** Per shard of one mapping, the sequence number at or behind which it goes on. */
export class Checkpoints {
  readonly #file: StateFile<Saved>;
  readonly #places: Map<string, string>;
  readonly #failed: (error: unknown) => void;
  #saving: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(file: StateFile<Saved>, places: Map<string, string>, failed: (error: unknown) => void) {
    this.#file = file;
    this.#places = places;
    this.#failed = failed;
  }

  /** @param failed is told when a place could not be saved; the next one is tried again */
  static async open(path: string, failed: (error: unknown) => void): Promise<Checkpoints> {
    const file = stateFile(path, Saved);
    try {
      return new Checkpoints(file, new Map(Object.entries((await file.read()) ?? {})), failed);
    } catch (cause) {
      if (!(cause instanceof StateFileError)) throw cause;
      const message = `${path} does not hold checkpoints, or others than were written; remove it, and its event source mapping starts from its StartingPosition`;
      throw new Error(message, { cause });
    }
  }

  get(shardId: string): string | undefined {
    return this.#places.get(shardId);
  }

  /** Moves a shard's place, soon to be on disk. */
  set(shardId: string, sequenceNumber: string): void {
    this.#places.set(shardId, sequenceNumber);
    this.#timer ??= setTimeout(() => void this.save().catch(this.#failed), saveEveryMs);
  }

  /** Resolves when every place that was set before is on disk. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const before = this.#saving ?? Promise.resolve();
    this.#saving = before.catch(() => undefined).then(() => this.#file.write(Object.fromEntries(this.#places)));
    await this.#saving;
  }
}
