import { describe, expect, it } from '@jest/globals';
import { emfLines } from './emf.ts';

const atMs = 1_795_000_000_000;
const read = (line: string | undefined): Record<string, unknown> => JSON.parse(line ?? '') as Record<string, unknown>;

describe('emfLines', () => {
  it('is one line of the embedded metric format, dimensions and values beside what they mean', () => {
    const [line, ...more] = emfLines('RealTimeAnalytics', atMs, [
      {
        metrics: { EventsProcessed: { unit: 'Count', values: [3] } },
        dimensions: { EventType: 'click', DeviceType: 'web' },
        by: [['EventType', 'DeviceType'], []],
      },
    ]);
    expect(more).toEqual([]);
    expect(read(line)).toEqual({
      _aws: {
        Timestamp: atMs,
        CloudWatchMetrics: [
          {
            Namespace: 'RealTimeAnalytics',
            Dimensions: [['EventType', 'DeviceType'], []],
            Metrics: [{ Name: 'EventsProcessed', Unit: 'Count' }],
          },
        ],
      },
      EventType: 'click',
      DeviceType: 'web',
      EventsProcessed: 3,
    });
  });

  it('has at most a hundred values of a metric in a line, and loses none', () => {
    const values = Array.from({ length: 201 }, (_, value) => value);
    const lines = emfLines('N', atMs, [{ metrics: { Load: { unit: 'Milliseconds', values } } }]).map(read);
    expect(lines.map(({ Load }) => [Load].flat().length)).toEqual([100, 100, 1]);
    expect(lines.flatMap(({ Load }) => Load)).toEqual(values);
  });
});
