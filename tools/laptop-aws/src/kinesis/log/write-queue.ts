/** Where the first record of an append went; the others follow it. */
export interface Written {
  /** Of their sequence numbers. */
  readonly prefix: string;
  readonly firstIndex: number;
}

type Write = (buffers: readonly Buffer[], counts: readonly number[]) => Promise<Written>;

interface Waiting {
  readonly frames: Buffer;
  readonly count: number;
  readonly resolve: (written: Written) => void;
  readonly reject: (error: unknown) => void;
}

/** What one write takes at most: frames that came while the write before was on its way. */
const groupBytes = 8 * 1024 * 1024;

/**
 * Group commit: one write in flight, and everything that comes meanwhile goes together with the next one. A write that
 * fails takes everything that waits with it; what comes later is tried anew.
 */
export class WriteQueue {
  readonly #write: Write;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(write: Write) {
    this.#write = write;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  push(frames: Buffer, count: number): Promise<Written> {
    if (this.#closed) return Promise.reject(new Error('the log is closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frames, count, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits for what is queued; takes nothing more. */
  async close(): Promise<void> {
    await this.#running;
    this.#closed = true;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        const { prefix, firstIndex } = await this.#write(
          group.map(({ frames }) => frames),
          group.map(({ count }) => count),
        );
        let next = firstIndex;
        for (const { count, resolve } of group) {
          resolve({ prefix, firstIndex: next });
          next += count;
        }
      } catch (error) {
        this.#fail(error, group);
      }
    }
    this.#running = undefined;
  }

  #takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { frames } of this.#waiting) {
      if (count > 0 && bytes + frames.length > groupBytes) break;
      bytes += frames.length;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  #fail(cause: unknown, group: readonly Waiting[]): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = 'the stream takes no records until it can; free disk space if it is full';
    const failure = new Error(`cannot write to the stream's log (${reason}): ${advice}`, { cause });
    for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(failure);
  }
}
