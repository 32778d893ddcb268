import { recordsOf } from '@acme/lambda-kit';
import { transports } from '@acme/lambda-kit/testing';
import { aClickstreamEvent, arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { sortOut } from './sort-out.ts';

const line = (event: object): string => JSON.stringify(event);

describe.each(transports)('sortOut on %s', (_, aBatch) => {
  it('keeps good events and says of each bad one which field is wrong, and why', () => {
    const purchase = aClickstreamEvent('purchase');
    const error = aClickstreamEvent('error', { eventId: 'event-2' });
    const cases: readonly (readonly [string, string?, string?])[] = [
      [line(purchase)],
      [line({ ...purchase, eventType: 'teleport' }), 'eventType', 'must be one of page_view, purchase'],
      [line({ ...purchase, amount: -1 }), 'amount', 'must be at least 0'],
      [line(purchase).replace('99.99', 'NaN'), '(event)', 'must be valid JSON'],
      [line({ ...purchase, amount: 'NaN' }), 'amount', 'must be a number'],
      [line({ ...purchase, currency: 'dollars' }), 'currency', 'must be three capital letters'],
      [line({ ...error, errorMessage: 'x'.repeat(300_000) }), '(event)', 'must be at most 262144 bytes long'],
      [line(error)],
    ];
    const records = recordsOf(aBatch([cases.map(([text]) => text).join('\n'), line(error)], { arrivedAtMs }));
    const { good, refused, records: noted } = sortOut(records);

    expect(good).toEqual([purchase, error, error].map((event) => ({ event, arrivedAtMs })));
    expect(refused).toEqual(
      cases.flatMap(([raw, field, reason], index) =>
        field
          ? [
              expect.objectContaining({
                index,
                raw: Buffer.from(raw),
                problems: [{ field, reason: expect.stringContaining(reason as string) }],
              }),
            ]
          : [],
      ),
    );
    expect(noted).toEqual([
      { sequence: records[0]?.position.sequence, arrivedAtMs, in: 8, bad: 6, ids: ['event-1', 'event-2'] },
      { sequence: records[1]?.position.sequence, arrivedAtMs, in: 1, bad: 0, ids: ['event-2'] },
    ]);
  });
});
