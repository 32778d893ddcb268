import type { TableInput } from '../glue/table-input.ts';

/** Whether a partition exists, by the values of its keys. */
export type HasPartition = (values: Readonly<Record<string, string>>) => boolean;

/**
 * The partitions that a table has by its properties, where it computes them: what lies outside of their ranges is not
 * seen. https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 *
 * @throws Error for a property that is wrong or not covered, naming it
 */
export const projectedPartitions = (table: TableInput, now: number): HasPartition => {
  if (table.Parameters['projection.enabled']?.toLowerCase() !== 'true') return () => true;
  const keys = table.PartitionKeys.map(({ Name }) => [Name, valuesOf(table, Name, now)] as const);
  return (values) => keys.every(([name, has]) => has(values[name] ?? ''));
};

const valuesOf = (table: TableInput, key: string, now: number): ((value: string) => boolean) => {
  const setting = (name: string): string => table.Parameters[`projection.${key}.${name}`] ?? '';
  const wrong = (name: string): Error =>
    new Error(`table ${table.Name}: projection.${key}.${name} is missing, wrong or not covered on the laptop`);
  switch (setting('type').toLowerCase()) {
    case 'integer': {
      const [first, last] = rangeOf(setting('range'), /^-?\d+$/) ?? [];
      if (first === undefined || last === undefined) throw wrong('range');
      const digits = Number(setting('digits') || 0);
      return (value) =>
        /^-?\d+$/.test(value) &&
        Number(value) >= Number(first) &&
        Number(value) <= Number(last) &&
        value === String(Number(value)).padStart(digits, '0');
    }
    case 'date': {
      const format = setting('format');
      // In these formats the order of texts is that of times.
      if (!/^yyyy([-/]?MM([-/]?dd([-/]?HH)?)?)?$/.test(format)) throw wrong('format');
      const [first, last] = rangeOf(setting('range')) ?? [];
      if (first === undefined || last === undefined) throw wrong('range');
      const [from, to] = [moment(first, format, now), moment(last, format, now)];
      const shape = new RegExp(`^${format.replace('yyyy', '\\d{4}').replace(/MM|dd|HH/g, '\\d\\d')}$`);
      if (!shape.test(from) || !shape.test(to)) throw wrong('range');
      return (value) => shape.test(value) && value >= from && value <= to;
    }
    case 'enum': {
      const values = setting('values').split(',');
      return (value) => values.includes(value);
    }
    case 'injected':
      return () => true;
    default:
      throw wrong('type');
  }
};

const rangeOf = (range: string, shape = /./): readonly [string, string] | undefined => {
  const [first = '', last = '', ...more] = range.split(',').map((end) => end.trim());
  return more.length === 0 && shape.test(first) && shape.test(last) ? [first, last] : undefined;
};

const seconds = { SECOND: 1, MINUTE: 60, HOUR: 3600, DAY: 86_400, WEEK: 604_800 } as const;

/** `2025-01-01`, `NOW` or `NOW+1DAYS` in a format. */
const moment = (text: string, format: string, now: number): string => {
  const match = /^NOW(?:\s*([+-])\s*(\d+)\s*(SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)S?)?$/i.exec(text);
  if (!match) return text;
  const [, sign, count = '0', unit = 'DAY'] = match;
  const steps = (sign === '-' ? -1 : 1) * Number(count);
  const date = new Date(now);
  const name = unit.toUpperCase();
  if (name === 'YEAR') date.setUTCFullYear(date.getUTCFullYear() + steps);
  else if (name === 'MONTH') date.setUTCMonth(date.getUTCMonth() + steps);
  else date.setTime(now + steps * 1000 * seconds[name as keyof typeof seconds]);
  const [yyyy = '', MM = '', dd = '', HH = ''] = date.toISOString().split(/[-T:]/);
  return format.replace('yyyy', yyyy).replace('MM', MM).replace('dd', dd).replace('HH', HH);
};
