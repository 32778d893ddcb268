/** Lets so many at a time run per name; the others wait in the order in which they came. */
export class Limiter {
  readonly #limitOf: (name: string) => number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(limitOf: (name: string) => number) {
    this.#limitOf = limitOf;
  }

  async run<Result>(name: string, task: () => Promise<Result>): Promise<Result> {
    await this.#enter(name);
    try {
      return await task();
    } finally {
      this.#leave(name);
    }
  }

  #enter(name: string): Promise<void> | undefined {
    const running = this.#running.get(name) ?? 0;
    if (running < Math.max(1, this.#limitOf(name))) {
      this.#running.set(name, running + 1);
      return undefined;
    }
    return new Promise((resolve) => {
      const queue = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, queue);
      queue.push(resolve);
    });
  }

  /** The place goes to who waits longest. */
  #leave(name: string): void {
    const next = this.#waiting.get(name)?.shift();
    if (next) next();
    else this.#running.set(name, (this.#running.get(name) ?? 1) - 1);
  }
}
