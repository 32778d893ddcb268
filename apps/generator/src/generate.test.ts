import {
  clickstreamEventId,
  faultyAnswerKey,
  faultyLines,
  fixedClock,
  openUniverse,
  someOfEach,
} from '@acme/synthetic';
import { parseClickstreamLine, parseViewingLine } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { generate } from './generate.ts';

const universe = openUniverse(1);
const range = { family: 'viewing' as const, seed: 1, from: 500, count: 2500, atMs: Date.UTC(2026, 0, 1, 12), dial: {} };

describe('generate', () => {
  it('hands over batches of eight thousand and sums what came of them', async () => {
    const sizes: number[] = [];
    const result = await generate(universe, { ...range, count: 17_000 }, async (lines) => {
      sizes.push(lines.length);
      return { accepted: lines.length - 1, rejected: 1 };
    });
    expect(sizes).toEqual([8000, 8000, 1000]);
    expect(result).toEqual({ family: 'viewing', seed: 1, from: 500, generated: 17_000, accepted: 16_997, rejected: 3 });
  });

  it('hands over fewer at a time where they are so long that a call would not take them', async () => {
    const calls: (readonly string[])[] = [];
    const dial = { oversize: 0.05 };
    const { generated } = await generate(universe, { ...range, count: 1000, dial }, async (lines) => {
      calls.push(lines);
      return { accepted: lines.length, rejected: 0 };
    });
    expect(generated).toBe(1000);
    expect(calls.flat()).toEqual(faultyLines(universe, { ...range, count: 1000, dial, clock: fixedClock(range.atMs) }));
    expect(calls.length).toBeGreaterThan(1);
    for (const lines of calls) expect(JSON.stringify(lines).length).toBeLessThan(6_000_000);
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
