import { recordsOf } from '@acme/lambda-kit';
import { transports } from '@acme/lambda-kit/testing';
import { aClickstreamEvent, arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import type { Filter } from '../filter.ts';
import { liveClicks } from './live-clicks.ts';
import { livePushOf } from './push.ts';

describe.each(transports)('the clickstream in the live view on %s', (_, aBatch) => {
  const records = recordsOf(
    aBatch(
      [
        `${JSON.stringify(aClickstreamEvent('click'))}\n${JSON.stringify(aClickstreamEvent('purchase'))}`,
        '{"event_type":"CLICK","user_id":"u-1","element_id":"x","device":"mobile"}',
        'junk',
      ],
      { arrivedAtMs },
    ),
  );
  const sentTo = async (filter: Filter): Promise<unknown[]> => {
    const frames: unknown[] = [];
    const push = livePushOf(liveClicks)({
      viewers: async () => [{ connectionId: 'one', filter }],
      post: async (_id, text) => {
        frames.push(JSON.parse(text));
        return 'sent';
      },
      remove: async () => undefined,
      now: () => 0,
    });
    await push(records);
    return frames;
  };

  it('is counted by type, in whatever spelling it came', async () => {
    expect(await sentTo({})).toEqual([
      { kind: 'clicks', total: 3, invalid: 1, missed: 0, byType: { click: 2, purchase: 1 } },
    ]);
  });

  it('passes through the filter of its viewer', async () => {
    expect(await sentTo({ device_type: ['mobile'] })).toMatchObject([{ total: 1, byType: { click: 1 } }]);
    expect(await sentTo({ family: 'viewing' })).toMatchObject([{ total: 0, byType: {} }]);
  });
});
