import { clickstreamEventId, faultyAnswerKey, openUniverse, someOfEach } from '@acme/synthetic';
import { parseClickstreamLine, parseViewingLine } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { generate } from './generate.ts';

const universe = openUniverse(1);
const range = { family: 'viewing' as const, seed: 1, from: 500, count: 2500, atMs: Date.UTC(2026, 0, 1, 12), dial: {} };

describe('generate', () => {
  it('hands over batches of a thousand and sums what came of them', async () => {
    const sizes: number[] = [];
    const result = await generate(universe, range, async (lines) => {
      sizes.push(lines.length);
      return { accepted: lines.length - 1, rejected: 1 };
    });
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(result).toEqual({ family: 'viewing', seed: 1, from: 500, generated: 2500, accepted: 2497, rejected: 3 });
  });

  it('makes events that the contract takes, each once', async () => {
    const ids = new Set<string>();
    await generate(universe, range, async (lines) => {
      for (const line of lines) {
        const parsed = parseViewingLine(line, range.atMs);
        if (parsed.ok) ids.add(parsed.value.event_id);
      }
      return { accepted: lines.length, rejected: 0 };
    });
    expect(ids.size).toBe(2500);
  });

  it('makes the faults of the dial, as the answer key says', async () => {
    let bad = 0;
    const { generated } = await generate(universe, { ...range, dial: someOfEach }, async (lines) => {
      bad += lines.filter((line) => !parseViewingLine(line, range.atMs).ok).length;
      return { accepted: lines.length, rejected: 0 };
    });
    const key = faultyAnswerKey(universe, { from: range.from, count: range.count, dial: someOfEach });
    expect({ generated, bad }).toEqual({ generated: key.lines, bad: key.quarantine.total });
    expect(bad).toBeGreaterThan(0);
  });

  it('makes clickstream events that the contract takes, under ids of their own', async () => {
    const ids = new Set<string>();
    const result = await generate(universe, { ...range, family: 'clickstream' }, async (lines, family) => {
      for (const line of lines) {
        const parsed = parseClickstreamLine(line, range.atMs);
        if (parsed.ok) ids.add(parsed.value.eventId);
      }
      expect(family).toBe('clickstream');
      return { accepted: lines.length, rejected: 0 };
    });
    expect(result).toMatchObject({ family: 'clickstream', generated: 2500 });
    expect([ids.size, ids.has(clickstreamEventId(1, 500))]).toEqual([2500, true]);
  });

  it('passes a failure of the producer on, so that the run is made again', async () => {
    await expect(generate(universe, range, async () => Promise.reject(new Error('stream is down')))).rejects.toThrow(
      'stream is down',
    );
  });
});
