import { describe, expect, it } from '@jest/globals';
import { TableInput } from '../glue/table-input.ts';
import { projectedPartitions } from './projection.ts';

const now = Date.UTC(2026, 10, 21, 10);

const table = (key: string, settings: Readonly<Record<string, string>>): TableInput =>
  TableInput.parse({
    Name: 'telemetry',
    Parameters: {
      'projection.enabled': 'true',
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`projection.${key}.${name}`, value])),
    },
    PartitionKeys: [{ Name: key }],
    StorageDescriptor: { Columns: [], Location: 's3://lake/', SerdeInfo: { SerializationLibrary: 'json' } },
  });

const seen = (settings: Readonly<Record<string, string>>, values: readonly string[]): string[] => {
  const has = projectedPartitions(table('key', settings), now);
  return values.filter((key) => has({ key }));
};

describe('partitions that are computed', () => {
  it('are the dates of their range, up to now or a time from now', () => {
    const dates = ['2024-12-31', '2025-01-01', '2026-11-21', '2026-11-22', '2026-11-23', '2026-1-1', '20261121', ''];
    const days = { type: 'date', format: 'yyyy-MM-dd' };
    expect(seen({ ...days, range: '2025-01-01,NOW+1DAYS' }, dates)).toEqual(['2025-01-01', '2026-11-21', '2026-11-22']);
    expect(seen({ ...days, range: 'NOW-1YEARS,NOW' }, dates)).toEqual(['2026-11-21']);
    const hours = { type: 'date', format: 'yyyy/MM/dd/HH', range: 'NOW-2HOURS,NOW' };
    expect(seen(hours, ['2026/11/21/07', '2026/11/21/08', '2026/11/21/10', '2026/11/21/11'])).toEqual([
      '2026/11/21/08',
      '2026/11/21/10',
    ]);
  });

  it('are the numbers of their range with their digits, or the listed values', () => {
    expect(seen({ type: 'integer', range: '1,12', digits: '2' }, ['00', '01', '1', '12', '13', 'x', ''])).toEqual([
      '01',
      '12',
    ]);
    expect(seen({ type: 'enum', values: 'a,b' }, ['a', 'b', 'c'])).toEqual(['a', 'b']);
    expect(seen({ type: 'injected' }, ['a'])).toEqual(['a']);
  });

  it('are all there are when nothing is computed', () => {
    const plain = { ...table('key', {}), Parameters: {} };
    expect(projectedPartitions(plain, now)({ key: 'x' })).toBe(true);
  });

  it.each([
    [{}, 'projection.key.type'],
    [{ type: 'integer', range: '1-12' }, 'projection.key.range'],
    [{ type: 'date', format: 'dd.MM.yyyy', range: 'NOW,NOW' }, 'projection.key.format'],
    [{ type: 'date', format: 'yyyy-MM-dd', range: '2025,NOW' }, 'projection.key.range'],
  ])('are refused when told wrong: %p', (settings, name) => {
    expect(() => projectedPartitions(table('key', settings), now)).toThrow(
      `table telemetry: ${name} is missing, wrong or not covered`,
    );
  });
});
