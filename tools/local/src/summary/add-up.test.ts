import { faultyAnswerKey, openUniverse, someOfEach } from '@acme/synthetic';
import { describe, expect, it } from '@jest/globals';
import { differences } from './add-up.ts';
import { summaryLines } from './lines.ts';

const expected = faultyAnswerKey(openUniverse(1), { from: 0, count: 1000, dial: {} });
const right = {
  totals: { seed: 1, from: 0, count: 1000, generated: 1000, accepted: 1000, rejected: 0 } as const,
  expected,
  landed: {
    rows: 1000,
    landed: 1000,
    byEventType: expected.land.byType,
    byDeviceType: expected.land.byDevice,
    byTitleId: expected.land.byTitle,
  },
  quarantined: { byProducer: 0, byLoader: 0 },
};

describe('differences', () => {
  it('finds none when the lake is what the answer key says', () => {
    expect(differences(right)).toEqual([]);
    expect(summaryLines({ ...right, others: 0, wrong: [], isRight: true }).join('\n')).toContain('nothing lost');
  });

  it('takes rows that the transport repeated for what they are', () => {
    expect(differences({ ...right, landed: { ...right.landed, rows: 1017 } })).toEqual([]);
  });

  it('says how many accepted events are not in the lake', () => {
    expect(differences({ ...right, landed: { ...right.landed, landed: 999 } })).toEqual([
      "1000 distinct events were accepted, but 999 are in the lake and 0 in the loader's quarantine",
    ]);
  });

  it('says which rejected events are not in quarantine', () => {
    const totals = { ...right.totals, accepted: 990, rejected: 10 };
    expect(differences({ ...right, totals, landed: { ...right.landed, landed: 990 } })).toContain(
      "10 were rejected, but 0 are in the producer's quarantine",
    );
  });

  it('says when a producer loses events within its calls', () => {
    const totals = { ...right.totals, accepted: 990 };
    expect(differences({ ...right, totals, landed: { ...right.landed, landed: 990 } })).toContain(
      '1000 were generated, but 990 accepted and 0 rejected',
    );
  });

  it('notices events that changed on the way though their number is right', () => {
    const byEventType = {
      ...expected.land.byType,
      start: expected.land.byType.start - 1,
      stop: expected.land.byType.stop + 1,
    };
    expect(differences({ ...right, landed: { ...right.landed, byEventType } })).toEqual([
      `by type, 2 differ; of start the answer key has ${expected.land.byType.start}, the lake ${expected.land.byType.start - 1}`,
    ]);
  });

  it('expects of faulty traffic that bad events are rejected and copies land once', () => {
    const faulty = faultyAnswerKey(openUniverse(1), { from: 0, count: 1000, dial: someOfEach });
    const rejected = faulty.quarantine.total;
    const accepted = faulty.lines - rejected;
    const { byType, byDevice, byTitle } = faulty.land;
    const seen = {
      expected: faulty,
      totals: { ...right.totals, generated: faulty.lines, accepted, rejected },
      landed: {
        rows: accepted,
        landed: faulty.land.events,
        byEventType: byType,
        byDeviceType: byDevice,
        byTitleId: byTitle,
      },
      quarantined: { byProducer: rejected, byLoader: 0 },
    };
    expect([rejected, faulty.duplicates].every((some) => some > 0)).toBe(true);
    expect(differences(seen)).toEqual([]);
    expect(
      differences({ ...seen, totals: { ...seen.totals, rejected: rejected - 1, accepted: accepted + 1 } }),
    ).toContain(`the answer key has ${rejected} bad events, ${rejected - 1} were rejected`);
  });
});
