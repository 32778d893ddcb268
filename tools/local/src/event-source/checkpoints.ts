import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

const Saved = z.record(z.string(), z.string());

/** Saves come at most so often: what a kill can make a mapping do again. */
const saveEveryMs = 100;

/** Per shard of one mapping, the sequence number at or behind which it goes on. */
export class Checkpoints {
  readonly #file: string;
  readonly #places: Map<string, string>;
  readonly #failed: (error: unknown) => void;
  #saving: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(file: string, places: Map<string, string>, failed: (error: unknown) => void) {
    this.#file = file;
    this.#places = places;
    this.#failed = failed;
  }

  /** @param failed is told when a place could not be saved; the next one is tried again */
  static async open(file: string, failed: (error: unknown) => void): Promise<Checkpoints> {
    await mkdir(dirname(file), { recursive: true });
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    try {
      return new Checkpoints(file, new Map(Object.entries(Saved.parse(JSON.parse(text)))), failed);
    } catch (cause) {
      const message = `${file} does not hold checkpoints; remove it, and its event source mapping starts from its StartingPosition`;
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
    this.#saving = (this.#saving ?? Promise.resolve()).catch(() => undefined).then(() => this.#write());
    await this.#saving;
  }

  async #write(): Promise<void> {
    await writeFile(`${this.#file}.new`, JSON.stringify(Object.fromEntries(this.#places)), { flush: true });
    await rename(`${this.#file}.new`, this.#file);
  }
}
