/* eslint-disable @nx/enforce-module-boundaries -- for tests: events as the app takes them */
// What the aggregates must say of some events, added up one by one and without the app's own code.
import type { Arrived } from '../../../../apps/analytics/src/sort-out.ts';

/** `window subject counter` to its value. */
export type Totals = Readonly<Record<string, string>>;

const digits: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

/** The written amount with its point moved, and then rounded: a half is exact in a number. */
export const minorOf = (amount: number, known: number): number => Math.round(Number(`${amount}e${known}`));

/** Every event once, however often it is in the list. */
export const answerKey = (events: readonly Arrived[]): Totals => {
  const totals: Record<string, bigint> = {};
  const once = new Map(events.map(({ event }) => [event.eventId, event]));
  for (const event of once.values()) {
    for (const window of [`minute#${event.timestamp.slice(0, 16)}`, `hour#${event.timestamp.slice(0, 13)}`]) {
      const add = (subject: string, counter: string, by: bigint | number = 1): void => {
        const name = `${window} ${subject} ${counter}`;
        totals[name] = (totals[name] ?? 0n) + BigInt(by);
      };
      const url = 'pageUrl' in event ? event.pageUrl : undefined;
      const page = url
        ?.replace(/^https:\/\/[^/]*/i, (site) => site.slice('https://'.length).toLowerCase())
        .split(/[?#]/)[0];
      for (const subject of ['all', ...(page === undefined ? [] : [`page#${page}`])]) {
        if (subject === 'all') add(subject, 'events');
        add(subject, `type#${event.eventType}`);
        if (event.eventType === 'page_view' && event.loadTime !== undefined) {
          add(subject, 'loads');
          add(subject, 'loadTimeMs', Math.round(event.loadTime));
        }
      }
      add('all', `device#${event.deviceType ?? 'unknown'}`);
      if (event.eventType === 'purchase') {
        const known = digits[event.currency];
        add('all', `purchases#${known === undefined ? 'XXX' : event.currency}`);
        if (known !== undefined) add('all', `revenue#${event.currency}`, minorOf(event.amount, known));
      }
    }
  }
  return Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, String(total)]));
};
