import { answerKey, openUniverse } from '@acme/synthetic';
import { describe, expect, it } from '@jest/globals';
import { differences } from './add-up.ts';
import { summaryLines } from './lines.ts';

const expected = answerKey(openUniverse(1), { from: 0, count: 1000 });
const right = {
  totals: { seed: 1, from: 0, count: 1000, generated: 1000, accepted: 1000, rejected: 0 } as const,
  expected,
  landed: {
    rows: 1000,
    landed: 1000,
    byEventType: expected.byType,
    byDeviceType: expected.byDevice,
    byTitleId: expected.byTitle,
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
      "1000 were accepted, but 999 are in the lake and 0 in the loader's quarantine",
    ]);
  });

  it('says which rejected events are not in quarantine', () => {
    const totals = { ...right.totals, accepted: 990, rejected: 10 };
    expect(differences({ ...right, totals, landed: { ...right.landed, landed: 990 } })).toContain(
      "10 were rejected, but 0 are in the producer's quarantine",
    );
  });

  it('notices events that changed on the way though their number is right', () => {
    const byEventType = { ...expected.byType, start: expected.byType.start - 1, stop: expected.byType.stop + 1 };
    expect(differences({ ...right, landed: { ...right.landed, byEventType } })).toEqual([
      `by type, 2 differ; of start the answer key has ${expected.byType.start}, the lake ${expected.byType.start - 1}`,
    ]);
  });
});
