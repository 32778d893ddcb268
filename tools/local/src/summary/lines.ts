import { bad, count, dim, good, strong } from '../terminal/progress.ts';
import type { Sums } from './add-up.ts';

/** The sums for people, line by line. */
export const summaryLines = ({ totals, expected, landed, quarantined, others, wrong }: Sums): string[] => [
  '',
  row('generated', totals.generated, `seed ${totals.seed}, events 0 to ${count(Math.max(0, totals.count - 1))}`),
  row(
    'accepted',
    totals.accepted,
    expected.duplicates > 0 ? `by the producer; ${count(expected.duplicates)} of them sent twice` : 'by the producer',
  ),
  row(
    'rejected',
    totals.rejected,
    `${count(expected.quarantine.total)} as the answer key says; ${count(quarantined.byProducer)} in the producer's quarantine`,
  ),
  row(
    'landed',
    landed.landed,
    `in the lake, distinct; ${count(landed.rows - landed.landed)} repeated by the transport`,
  ),
  row('put aside', quarantined.byLoader, "in the loader's quarantine"),
  ...(others > 0 ? [row('besides', others, 'events of the schedule or by hand')] : []),
  '',
  ...comparison('type', expected.land.byType, landed.byEventType),
  ...comparison('device', expected.land.byDevice, landed.byDeviceType),
  row('titles', Object.keys(landed.byTitleId).length, `${count(Object.keys(expected.land.byTitle).length)} expected`),
  '',
  ...(wrong.length === 0
    ? [`${good(strong('adds up'))}  nothing lost, and the lake is what the answer key says`]
    : wrong.map((sentence) => `${bad(strong('does not add up'))}  ${sentence}`)),
];

const row = (name: string, value: number, about: string): string =>
  `${name.padEnd(10)} ${count(value).padStart(14)}   ${dim(about)}`;

const comparison = (
  what: string,
  expected: Readonly<Record<string, number>>,
  landed: Readonly<Record<string, number>>,
): string[] => [
  dim(`${what.padEnd(10)} ${'expected'.padStart(14)} ${'landed'.padStart(14)}`),
  ...Object.keys(expected).map((name) => {
    const [asked = 0, there = 0] = [expected[name], landed[name]];
    return `${name.padEnd(10)} ${count(asked).padStart(14)} ${count(there).padStart(14)} ${asked === there ? good('=') : bad('≠')}`;
  }),
];
