import { describe, expect, it } from '@jest/globals';
import type { ViewingEvent } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { customers, titles } from '../tables/index.ts';
import { allowedQualities } from '../universe/quality-rule.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyBlock, anySeed } from './any-range.ts';
import { viewingEvents } from './events.ts';
import { eventsPerBlock } from './limits.ts';

/** Small, because each run writes its tables. */
const sizes = { customers: 40, titles: 30 };

/** Checks a property of the sessions of any one block. */
const ofSessions = (check: (session: ViewingEvent[], universe: ReturnType<typeof openUniverse>) => void): void => {
  fc.assert(
    fc.property(anySeed, anyBlock, (seed, block) => {
      const universe = openUniverse(seed, sizes);
      const range = { from: block * eventsPerBlock, count: eventsPerBlock, clock: fixedClock(Date.UTC(2026, 10, 21)) };
      for (const session of bySession(viewingEvents(universe, range))) check(session, universe);
    }),
    { numRuns: 20 },
  );
};

const bySession = (events: ViewingEvent[]): ViewingEvent[][] => [
  ...Map.groupBy(events, ({ session_id }) => session_id).values(),
];
const timeOf = (event: ViewingEvent): number => Date.parse(event.event_timestamp);

describe('a viewing session', () => {
  it('starts, pauses and resumes in turns, and stops or completes; all within one block', () => {
    ofSessions((session) => {
      const steps = session.map(({ event_type }) => event_type).join(' ');
      expect(steps).toMatch(/^start( pause resume)* (stop|complete)$/);
    });
  });

  it('has watched for exactly the time that it played', () => {
    ofSessions((session) => {
      let played = 0;
      session.forEach((event, step) => {
        const before = session[step - 1];
        if (before?.event_type === 'start' || before?.event_type === 'resume') {
          expect(timeOf(event)).toBeGreaterThan(timeOf(before));
          played += timeOf(event) - timeOf(before);
        }
        expect(event.watch_duration_seconds * 1000).toBe(played);
      });
    });
  });

  it('takes time to pause', () => {
    ofSessions((session) => {
      session.forEach((event, step) => {
        if (event.event_type === 'resume') expect(timeOf(event)).toBeGreaterThan(timeOf(session[step - 1]!));
      });
    });
  });

  it('never watches longer than the title runs, and says which share of it, rounded down to a tenth', () => {
    fc.assert(
      fc.property(anySeed, anyBlock, (seed, block) => {
        const universe = openUniverse(seed, sizes);
        const running = new Map(titles(universe).map((title) => [title.title_id, title.duration_minutes * 60]));
        const range = {
          from: block * eventsPerBlock,
          count: eventsPerBlock,
          clock: fixedClock(Date.UTC(2026, 10, 21)),
        };
        for (const event of viewingEvents(universe, range)) {
          const seconds = running.get(event.title_id)!;
          expect(event.watch_duration_seconds).toBeLessThanOrEqual(seconds);
          expect(event.completion_percentage).toBe(Math.floor((event.watch_duration_seconds * 1000) / seconds) / 10);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('completes exactly when it ends at 95 % or later', () => {
    ofSessions((session) => {
      const last = session.at(-1)!;
      expect(last.event_type === 'complete').toBe(last.completion_percentage >= 95);
    });
  });

  it('keeps its customer, title, device and quality', () => {
    ofSessions((session) => {
      const kept = session.map((event) => [
        event.customer_id,
        event.title_id,
        event.title_type,
        event.device_type,
        event.quality,
      ]);
      for (const same of kept) expect(same).toEqual(kept[0]);
    });
  });

  it('belongs to an active customer, whose subscription allows its quality on its device', () => {
    fc.assert(
      fc.property(anySeed, anyBlock, (seed, block) => {
        const universe = openUniverse(seed, sizes);
        const rows = new Map(customers(universe).map((customer) => [customer.customer_id, customer]));
        const range = {
          from: block * eventsPerBlock,
          count: eventsPerBlock,
          clock: fixedClock(Date.UTC(2026, 10, 21)),
        };
        for (const event of viewingEvents(universe, range)) {
          const customer = rows.get(event.customer_id)!;
          expect(customer.is_active).toBe(true);
          expect(allowedQualities(customer.subscription_tier, event.device_type)).toContain(event.quality);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has a title type that its title has in the table', () => {
    const universe = openUniverse(5, sizes);
    const types = new Map(titles(universe).map((title) => [title.title_id, title.title_type]));
    for (const event of viewingEvents(universe, { from: 0, count: 5000, clock: fixedClock(Date.UTC(2026, 10, 21)) })) {
      expect(event.title_type).toBe(types.get(event.title_id));
    }
  });

  it('is numbered once: sessions of different blocks and seeds have different ids', () => {
    const clock = fixedClock(Date.UTC(2026, 10, 21));
    const idsOf = (seed: number): string[] => {
      const starts = viewingEvents(openUniverse(seed), { from: 0, count: 100 * eventsPerBlock, clock });
      return starts.filter(({ event_type }) => event_type === 'start').map(({ session_id }) => session_id!);
    };
    const ids = [...idsOf(1), ...idsOf(2)];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^ss-0000000[12]-[0-9a-z]{11}$/);
  });
});
