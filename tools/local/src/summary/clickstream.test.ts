import { faultyClickstreamKey, openUniverse, someOfEach } from '@acme/synthetic';
import { describe, expect, it } from '@jest/globals';
import { clickstreamDifferences, clickstreamLines } from './clickstream.ts';

const expected = faultyClickstreamKey(openUniverse(1), { from: 0, count: 2000, dial: someOfEach });
const rejected = expected.quarantine.total;
const { events, byType, byDevice, ...land } = expected.land;
const right = {
  totals: {
    seed: 1,
    from: 0,
    count: 2000,
    generated: expected.lines,
    accepted: expected.lines - rejected,
    rejected,
  } as const,
  expected,
  landed: { rows: events + 3, landed: events, byEventType: byType, byDeviceType: byDevice, ...land },
  quarantined: { byProducer: rejected, byLoader: 0 },
};

describe('the sums of the clickstream', () => {
  it('add up when the lake is what the answer key says', () => {
    expect(clickstreamDifferences(right)).toEqual([]);
    expect(clickstreamLines({ ...right, wrong: [] }).join('\n')).toContain('adds up');
  });

  it('do not when an event is missing, a purchase has changed, or a refused event is not put aside', () => {
    const EUR = (land.revenueByCurrency['EUR'] as number) + 1;
    const wrong = clickstreamDifferences({
      ...right,
      landed: { ...right.landed, landed: events - 1, revenueByCurrency: { ...land.revenueByCurrency, EUR } },
      quarantined: { byProducer: rejected - 1, byLoader: 0 },
    });
    expect(wrong).toEqual([
      `${rejected} were rejected, but ${rejected - 1} are in the producer's quarantine`,
      `${events} distinct events were accepted, but ${events - 1} are in the lake and 0 in the loader's quarantine`,
      `by revenue, 1 differ; of EUR the answer key has ${EUR - 1}, the lake ${EUR}`,
    ]);
    expect(clickstreamLines({ ...right, wrong }).join('\n')).toContain('does not add up  clickstream: ');
  });

  it('are not spoken of when none was made', () => {
    const none = { ...right, totals: { ...right.totals, count: 0 }, wrong: [] };
    expect(clickstreamLines(none)).toEqual([]);
  });
});
