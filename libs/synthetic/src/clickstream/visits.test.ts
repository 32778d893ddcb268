import { describe, expect, it } from '@jest/globals';
import { type ClickstreamEvent, minorUnits } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { customerId } from '../ids.ts';
import { openUniverse, type Universe } from '../universe/universe.ts';
import { anyBlock, anyUniverse } from '../viewing/any-range.ts';
import { eventsPerBlock } from '../viewing/limits.ts';
import { clickstreamEvents } from './events.ts';
import { longestVisit } from './limits.ts';

/** Checks a property of the visits of any one block. */
const ofVisits = (check: (visit: ClickstreamEvent[], universe: Universe) => void): void => {
  fc.assert(
    fc.property(anyUniverse, anyBlock, (universe, block) => {
      const range = { from: block * eventsPerBlock, count: eventsPerBlock, clock: fixedClock(Date.UTC(2026, 10, 21)) };
      for (const visit of bySession(clickstreamEvents(universe, range))) check(visit, universe);
    }),
    { numRuns: 30 },
  );
};
const bySession = (events: ClickstreamEvent[]): ClickstreamEvent[][] => [
  ...Map.groupBy(events, ({ sessionId }) => sessionId).values(),
];
const timeOf = ({ timestamp }: ClickstreamEvent): number => Date.parse(timestamp);

describe('a visit', () => {
  it('lands on the home page, and lasts a bounded number of events, a second or more apart', () => {
    ofVisits((visit) => {
      expect(visit[0]).toMatchObject({ eventType: 'page_view', pageUrl: '/home', sessionLength: 0, pagesViewed: 1 });
      expect(visit.length).toBeLessThanOrEqual(longestVisit);
      visit.slice(1).forEach((event, index) => {
        const gap = timeOf(event) - timeOf(visit[index]!);
        expect(gap).toBeGreaterThanOrEqual(1000);
        expect(gap).toBeLessThanOrEqual(60_000);
      });
    });
  });

  it('counts its pages and its seconds', () => {
    ofVisits((visit) => {
      let pages = 0;
      for (const event of visit) {
        if (event.eventType !== 'page_view') continue;
        pages += 1;
        const sessionLength = Math.floor((timeOf(event) - timeOf(visit[0]!)) / 1000);
        expect(event).toMatchObject({ pagesViewed: pages, sessionLength });
      }
    });
  });

  it('adds the title on whose page it is, and buys exactly what is in the cart', () => {
    ofVisits((visit) => {
      let cart = { hundredths: 0, items: 0 };
      visit.forEach((event, index) => {
        const before = visit[index - 1];
        if (event.eventType === 'add_to_cart') {
          expect(before).toMatchObject({ eventType: 'page_view', pageUrl: `/title/${event.productId}` });
          cart = { hundredths: cart.hundredths + Number(minorUnits(event.amount!, 2)), items: cart.items + 1 };
        }
        if (event.eventType !== 'purchase') return;
        expect(before?.eventType).toBe('add_to_cart');
        expect({ hundredths: Number(minorUnits(event.amount, 2)), items: event.itemsCount }).toEqual(cart);
        cart = { hundredths: 0, items: 0 };
      });
    });
  });

  it('signs up at most once, right behind its landing', () => {
    ofVisits((visit) => {
      visit.forEach(({ eventType }, index) => expect(eventType !== 'user_signup' || index === 1).toBe(true));
    });
  });

  it('keeps its user, who is an active customer, its device, region and currency', () => {
    ofVisits((visit, { customers }) => {
      const users = new Set(visit.map(({ userId, deviceType, region }) => `${userId} ${deviceType} ${region}`));
      expect(users.size).toBe(1);
      expect([...customers.watchers].map(customerId)).toContain(visit[0]!.userId);
      expect(new Set(visit.flatMap((event) => ('currency' in event ? [event.currency] : []))).size).toBeLessThan(2);
    });
  });

  it('is numbered once: visits of different blocks and seeds have different ids', () => {
    const clock = fixedClock(Date.UTC(2026, 10, 21));
    const ids = [1, 2].flatMap((seed) =>
      clickstreamEvents(openUniverse(seed), { from: 0, count: 50 * eventsPerBlock, clock })
        .filter((event) => event.eventType === 'page_view' && event.pagesViewed === 1)
        .map(({ sessionId }) => sessionId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
