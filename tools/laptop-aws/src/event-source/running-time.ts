import * as z from 'zod';
import { stateFile, type StateFile } from '../aws/state-file.ts';

const Saved = z.object({
  /** When the platform was last seen running, milliseconds since 1970. */
  aliveMs: z.number(),
  /** When it was off, oldest first. */
  off: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
});
type Saved = z.infer<typeof Saved>;

/** How often it is noted that the platform runs: what a kill can add to the time that it was off. */
const beatMs = 60_000;
/** A platform that missed so many beats was asleep (a closed lid, SIGSTOP). */
const missedBeats = 3;
/** The largest MaximumRecordAgeInSeconds: whoever is older than that in running time is too old for everybody. */
const largestAgeMs = 604_800_000;

/**
 * How old records are in time that the platform ran. Lambda is never off, a laptop is: what lay in a stream while nobody
 * could read it has not got older by it, so that three days off give nothing up that one day on would not.
 */
export class RunningTime {
  readonly #file: StateFile<Saved>;
  readonly #failed: (error: unknown) => void;
  #off: Saved['off'];
  #aliveMs: number;
  #timer: NodeJS.Timeout | undefined;

  private constructor(file: StateFile<Saved>, { aliveMs, off }: Saved, failed: (error: unknown) => void) {
    this.#file = file;
    this.#aliveMs = aliveMs;
    this.#off = off;
    this.#failed = failed;
  }

  /**
   * Goes on where the platform was last seen running. Where it never was, everything before counts as off.
   *
   * @param failed is told when that could not be noted; the next beat tries again
   * @throws StateFileError when the file does not hold it
   */
  static async open(path: string, failed: (error: unknown) => void): Promise<RunningTime> {
    const file = stateFile(path, Saved);
    const { aliveMs, off } = (await file.read()) ?? { aliveMs: 0, off: [] };
    const nowMs = Date.now();
    const time = new RunningTime(file, { aliveMs: nowMs, off: withGap(off, aliveMs, nowMs) }, failed);
    await time.#save();
    return time;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#beat(), beatMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#beat();
  }

  /** How long the platform has run since a moment; both in milliseconds. */
  since(momentMs: number): number {
    this.#look();
    const nowMs = Date.now();
    const offMs = this.#off.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, toMs - Math.max(fromMs, momentMs)), 0);
    return nowMs - momentMs - offMs;
  }

  /** Whoever asks first after a sleep may be faster than the beat. */
  #look(): void {
    const nowMs = Date.now();
    if (nowMs - this.#aliveMs <= missedBeats * beatMs) return;
    this.#off = withGap(this.#off, this.#aliveMs, nowMs);
    this.#aliveMs = nowMs;
  }

  async #beat(): Promise<void> {
    this.#look();
    this.#aliveMs = Date.now();
    this.#off = this.#off.filter(({ toMs }) => this.since(toMs) <= largestAgeMs);
    await this.#save().catch(this.#failed);
  }

  #save(): Promise<void> {
    return this.#file.write({ aliveMs: this.#aliveMs, off: this.#off });
  }
}

/** A clock that was set back has no gap. */
const withGap = (off: Saved['off'], fromMs: number, toMs: number): Saved['off'] =>
  toMs > fromMs ? [...off, { fromMs, toMs }] : off;
