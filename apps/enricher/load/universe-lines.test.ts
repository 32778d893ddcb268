import { clickstreamEvents, fixedClock, openUniverse, viewingEvents } from '@acme/synthetic';
import { clickstreamRow } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { dimensions } from '../src/dimensions/index.ts';
import { readRows } from './read-rows.ts';
import { universeDimensions, universeLines } from './universe-lines.ts';

describe('the rows of the synthetic universe', () => {
  it('fit every dimension, and hold all that its events are looked up by', async () => {
    const range = { from: 0, count: 5_000, clock: fixedClock(Date.UTC(2026, 10, 21)) };
    const universe = openUniverse(7);
    const events = [...viewingEvents(universe, range), ...clickstreamEvents(universe, range).map(clickstreamRow)];
    expect(universeDimensions).toEqual(dimensions.map(({ name }) => name));
    const rows = [];
    for (const dimension of dimensions) {
      const loaded = await readRows(dimension.name, dimension, universeLines(dimension.name, 7));
      const keys = new Set(loaded.map(({ key }) => key));
      const asked = events.flatMap((event) => dimension.keyOf(event) ?? []);
      expect(asked.length).toBeGreaterThan(1_000);
      expect(asked.filter((key) => !keys.has(key))).toEqual([]);
      rows.push(loaded.length);
    }
    expect(rows).toEqual([10_000, 1_000, 1_016]);
  });
});
