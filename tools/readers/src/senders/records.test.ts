import { framesOf, judge, judgeClickstream, recordsOf } from '@acme/lambda-kit';
import { aKinesisBatch } from '@acme/lambda-kit/testing';
import { families, parseViewingLine } from '@acme/telemetry-schema';
import { arrivedAtMs } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aRecord } from './records.ts';

/** What readers stumble over, as it stands in the bytes of an event. */
const hazards: Readonly<Record<string, RegExp>> = {
  'a key twice': /("(?:event_id|eventId|region|pageUrl|quality|deviceType|device_type)")\s*:.*\1\s*:/s,
  'a key in another case besides': /"(?:EVENT_ID|EVENTID|QUALITY|DEVICE_TYPE|DEVICETYPE|Quality|EventId|DeviceType)"/,
  'a name in escapes': /\\u0065v\w+/,
  'half a surrogate pair': /\\u[dD][89a-fA-F][0-9a-fA-F]{2}/,
  'U+0000': /\\u0000/,
  'a byte-order mark first': /^\xef\xbb\xbf\{/,
  'spread over lines': /^\{\r?\n/,
  'a carriage return between values': /\r[,:]/,
  'U+2028': /\xe2\x80\xa8|\\u2028/,
  'a whole number with a fraction': /(?:watch_duration_seconds|pagesViewed|itemsCount|quantity)"\s*:\s*\d+\.0/,
  'a number with an exponent': /"\s*:\s*[\d.]+[eE][-+]?\d/,
  'minus nothing': /:\s*-0(?:\.0)?\s*[,}]/,
  null: /:\s*null/,
  'something nested that nobody knows': /\[\[\[/,
  __proto__: /__proto__/,
};

describe.each(families)('records of %s events', (family) => {
  it('bring each thing that readers stumble over in events that are kept, and as many that are refused', () => {
    const seen = new Set<string>();
    const counts = { kept: 0, refused: 0 };
    const some = fc.sample(aRecord(family), { seed: 20261130, numRuns: 1_500 });
    for (const record of recordsOf(aKinesisBatch(some, { arrivedAtMs }))) {
      const frames = framesOf(record.bytes);
      for (const { ok } of family === 'viewing' ? judge(record, parseViewingLine) : judgeClickstream(record)) {
        const bytes = (frames.next().value as Buffer).toString('latin1');
        counts[ok ? 'kept' : 'refused'] += 1;
        if (ok) for (const [name, hazard] of Object.entries(hazards)) if (hazard.test(bytes)) seen.add(name);
      }
    }
    expect(Object.keys(hazards).filter((name) => !seen.has(name))).toEqual([]);
    expect(counts.kept).toBeGreaterThan(1_000);
    expect(counts.refused).toBeGreaterThan(1_000);
  });
});
