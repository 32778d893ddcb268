/** What a counter is called: `minute#2026-11-21T09:30`, `all`, `type#click`. */
export interface CounterName {
  readonly window: string;
  readonly subject: string;
  readonly counter: string;
}

/** Sums of counters, by window, subject and name. */
export class Counters {
  readonly #sums = new Map<string, Map<string, Map<string, bigint>>>();

  add({ window, subject, counter }: CounterName, by: bigint): void {
    const sums = this.#subject(window, subject);
    sums.set(counter, (sums.get(counter) ?? 0n) + by);
  }

  get({ window, subject, counter }: CounterName): bigint {
    return this.#sums.get(window)?.get(subject)?.get(counter) ?? 0n;
  }

  *names(): Generator<CounterName> {
    for (const [window, subjects] of this.#sums)
      for (const [subject, sums] of subjects) for (const counter of sums.keys()) yield { window, subject, counter };
  }

  #subject(window: string, subject: string): Map<string, bigint> {
    let subjects = this.#sums.get(window);
    if (!subjects) this.#sums.set(window, (subjects = new Map()));
    let sums = subjects.get(subject);
    if (!sums) subjects.set(subject, (sums = new Map()));
    return sums;
  }
}

/** A counter that holds something else than the lake says. */
export interface Drift extends CounterName {
  readonly held: bigint;
  readonly lake: bigint;
}

/** Every counter of which the two say different things; in the order of windows, subjects and names. */
export const driftOf = (held: Counters, lake: Counters, isKept: (window: string) => boolean): Drift[] => {
  const off = new Map<string, Drift>();
  for (const counters of [held, lake]) {
    for (const name of counters.names()) {
      const drift = { ...name, held: held.get(name), lake: lake.get(name) };
      if (drift.held !== drift.lake && isKept(name.window))
        off.set(`${name.window} ${name.subject} ${name.counter}`, drift);
    }
  }
  return [...off].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, drift]) => drift);
};
