import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '@acme/telemetry-schema';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { devices } from './dimensions/devices.fixture.ts';
import { dimensions, itemOf } from './dimensions/index.ts';
import { columnsOf, enrich } from './enrich.ts';
import { lookingUp } from './lookup/look-up.ts';
import { patiently, someItems, tablesOf } from './lookup/some-lookups.fixture.ts';

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

describe('a further source', () => {
  it('is what the README shows: one file', () => {
    expect(textOf('../README.md')).toContain(
      `\`\`\`ts\n// src/dimensions/devices.ts\n${textOf('dimensions/devices.fixture.ts')}\`\`\``,
    );
  });

  it('and one line: its name among the dimensions', async () => {
    const [line = ''] = /^export const dimensions = .*$/m.exec(textOf('dimensions/index.ts')) ?? [];
    expect(textOf('../README.md')).toContain(line.replace('] as const', ', devices] as const'));

    const items = someItems();
    items.set('devices tv', itemOf({ key: 'tv', version: 2, row: { device_type: 'tv', screen: 'large' } }));
    const { rows } = await enrich([aViewingEvent({ device_type: 'tv' }), aViewingEvent({ device_type: 'web' })], {
      ...patiently,
      lookUp: lookingUp(tablesOf(items).get, { entries: 10, hitMs: 1, missMs: 1 }),
      dimensions: [...dimensions, devices],
    });
    expect(rows).toMatchObject([
      { enrichment_status: 'complete', devices_lookup: 'hit', devices_version: 2, device_screen: 'large' },
      { enrichment_status: 'partial', devices_lookup: 'miss', titles_lookup: 'hit' },
    ]);
  });

  it.each(dimensions.map((dimension) => [dimension.name, dimension] as const))(
    'has its columns in the contract, as %s has',
    (_, dimension) => {
      const { lookup, version } = columnsOf(dimension);
      const contract = Object.keys(tables.enriched_events.schema.shape);
      expect(contract).toEqual(expect.arrayContaining([lookup, version, ...Object.keys(dimension.columns)]));
    },
  );
});
